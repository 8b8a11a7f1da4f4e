import { Download, Heart, Info, Pause, Play, Trash2, X } from 'lucide-react';
import { useMayEdit } from '../api/use-viewer.ts';
import type { Item } from '../media/item-documents.ts';
import { IconButton } from '../ui/button.tsx';
import { texts } from '../words/texts.ts';
import type { Slideshow } from './use-slideshow.ts';
import styles from './viewer.module.css';

interface ViewerBarProps {
  item: Item | null;
  /** Such as `2 of 6`; empty outside of a list. */
  where: string;
  slideshow: Slideshow;
  hasDetails: boolean;
  onClose: () => void;
  onFavourite: () => void;
  onHide: () => void;
  onDetails: () => void;
  children: React.ReactNode;
}

/** Where one is, and what can be done with what is seen. */
export function ViewerBar(props: ViewerBarProps) {
  const { item, where, slideshow, hasDetails, onClose, onFavourite, onHide, onDetails, children } = props;
  const mayEdit = useMayEdit();
  return (
    <header className={styles.top}>
      <IconButton label={texts.viewer.close} shortcut="leave" icon={<X />} onClick={onClose} />
      <span className={styles.where} role="status">
        {where}
      </span>
      {where !== '' && (
        <IconButton
          className={styles.roomy ?? ''}
          label={slideshow.isOn ? texts.viewer.stopSlideshow : texts.viewer.slideshow}
          icon={slideshow.isOn ? <Pause /> : <Play />}
          shortcut="slideshow"
          onClick={slideshow.toggle}
        />
      )}
      {mayEdit && item !== null && (
        <IconButton
          label={texts.item.favourite}
          icon={<Heart fill={item.favourite ? 'currentColor' : 'none'} />}
          shortcut="favourite"
          aria-pressed={item.favourite}
          onClick={onFavourite}
        />
      )}
      {item !== null && (
        <IconButton
          className={styles.roomy ?? ''}
          label={texts.viewer.download}
          icon={<Download />}
          render={<a href={item.downloadUrl} download />}
        />
      )}
      {mayEdit && item !== null && item.status !== 'DELETED' && (
        <IconButton label={texts.viewer.hide} shortcut="hide" icon={<Trash2 />} onClick={onHide} />
      )}
      {item !== null && (
        <IconButton
          label={texts.viewer.details}
          shortcut="details"
          icon={<Info />}
          aria-pressed={hasDetails}
          onClick={onDetails}
        />
      )}
      {children}
    </header>
  );
}
