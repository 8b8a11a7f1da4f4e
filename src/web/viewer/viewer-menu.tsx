import { Menu } from '@base-ui/react/menu';
import { Ellipsis } from 'lucide-react';
import { shortcuts } from '../keys/shortcuts.ts';
import { IconButton } from '../ui/button.tsx';
import menu from '../ui/menu.module.css';
import { texts } from '../words/texts.ts';
import { intervals, type Slideshow } from './use-slideshow.ts';

interface ViewerMenuProps {
  /** Null while it is not known. */
  downloadUrl: string | null;
  slideshow: Slideshow;
  /** Null where the item stands in no list. */
  filmstrip: { isOn: boolean; toggle: () => void } | null;
  isWholeScreen: boolean;
  onWholeScreen: () => void;
}

/** What is needed less often: the filmstrip, the whole screen, and how the slideshow goes. */
export function ViewerMenu({ downloadUrl, slideshow, filmstrip, isWholeScreen, onWholeScreen }: ViewerMenuProps) {
  return (
    <Menu.Root>
      <Menu.Trigger render={<IconButton label={texts.viewer.more} icon={<Ellipsis />} />} />
      <Menu.Portal>
        <Menu.Positioner className={menu.positioner} align="end" sideOffset={4}>
          <Menu.Popup className={menu.popup}>
            {filmstrip !== null && (
              <Menu.CheckboxItem
                className={menu.item}
                checked={filmstrip.isOn}
                onCheckedChange={filmstrip.toggle}
                closeOnClick
              >
                {texts.viewer.filmstrip}
                <Menu.CheckboxItemIndicator className={menu.mark}>✓</Menu.CheckboxItemIndicator>
                {!filmstrip.isOn && <kbd className={menu.keys}>{shortcuts.filmstrip.shown}</kbd>}
              </Menu.CheckboxItem>
            )}
            {document.fullscreenEnabled && (
              <Menu.Item className={menu.item} onClick={onWholeScreen}>
                {isWholeScreen ? texts.viewer.leaveWholeScreen : texts.viewer.wholeScreen}
                <kbd className={menu.keys}>{shortcuts.fullScreen.shown}</kbd>
              </Menu.Item>
            )}
            {downloadUrl !== null && (
              <Menu.Item className={menu.item} render={<a href={downloadUrl} download />}>
                {texts.viewer.download}
              </Menu.Item>
            )}
            <Menu.Separator className={menu.separator} />
            {filmstrip !== null && (
              <Menu.Item className={menu.item} onClick={slideshow.toggle}>
                {slideshow.isOn ? texts.viewer.stopSlideshow : texts.viewer.startSlideshow}
                <kbd className={menu.keys}>{shortcuts.slideshow.shown}</kbd>
              </Menu.Item>
            )}
            <p className={menu.heading}>{texts.viewer.slideshow}</p>
            <Menu.RadioGroup
              value={slideshow.seconds}
              onValueChange={(seconds: number) => slideshow.choose({ seconds })}
            >
              {intervals.map((seconds) => (
                <Menu.RadioItem key={seconds} value={seconds} className={menu.item} closeOnClick={false}>
                  {texts.viewer.everySeconds(seconds)}
                  <Menu.RadioItemIndicator className={menu.mark}>✓</Menu.RadioItemIndicator>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            <Menu.Separator className={menu.separator} />
            <Menu.CheckboxItem
              className={menu.item}
              checked={slideshow.isShuffled}
              onCheckedChange={(isShuffled) => slideshow.choose({ isShuffled })}
              closeOnClick={false}
            >
              {texts.viewer.shuffled}
              <Menu.CheckboxItemIndicator className={menu.mark}>✓</Menu.CheckboxItemIndicator>
            </Menu.CheckboxItem>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
