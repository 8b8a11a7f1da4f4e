import { Menu } from '@base-ui/react/menu';
import { Link } from '@tanstack/react-router';
import { CircleUser } from 'lucide-react';
import { useState } from 'react';
import { base } from '../api/execute.ts';
import { queryClient } from '../api/query-client.ts';
import { signOut } from '../api/session.ts';
import { keyOf } from '../keys/shortcuts.ts';
import { IconButton } from '../ui/button.tsx';
import menu from '../ui/menu.module.css';
import { say } from '../ui/say.ts';
import { describeFailure } from '../api/describe-failure.ts';
import { texts } from '../words/texts.ts';
import { currentTheme, setTheme, themes, type Theme } from '../ui/theme.ts';
import type { Viewer } from '../api/use-viewer.ts';

interface AccountMenuProps {
  viewer: Viewer | null;
  onHelp: () => void;
  onPalette: () => void;
}

/** Who uses the page, how it looks, and the way out. */
export function AccountMenu({ viewer, onHelp, onPalette }: AccountMenuProps) {
  const [theme, showTheme] = useState(currentTheme);
  const leave = () =>
    void signOut().then(
      () => queryClient.resetQueries(),
      (error: unknown) => say(describeFailure(error)),
    );
  return (
    <Menu.Root>
      <Menu.Trigger render={<IconButton label={texts.account.menu} icon={<CircleUser />} />} />
      <Menu.Portal>
        <Menu.Positioner className={menu.positioner} side="top" align="start" sideOffset={8}>
          <Menu.Popup className={menu.popup}>
            {viewer !== null && (
              <p className={menu.note}>
                {viewer.isAuthenticated ? texts.account.signedInAs(viewer.name, viewer.role) : texts.nav.open}
              </p>
            )}
            <Menu.RadioGroup
              value={theme}
              onValueChange={(value: Theme) => {
                setTheme(value);
                showTheme(value);
              }}
            >
              <p className={menu.heading}>{texts.account.theme}</p>
              {themes.map((name) => (
                <Menu.RadioItem key={name} value={name} className={menu.item} closeOnClick={false}>
                  {texts.account.themes[name]}
                  <Menu.RadioItemIndicator className={menu.mark}>✓</Menu.RadioItemIndicator>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            <Menu.Separator className={menu.separator} />
            <Menu.Item className={menu.item} render={<Link to="/settings">{texts.account.settings}</Link>} />
            <Menu.Item className={menu.item} onClick={onPalette}>
              {texts.palette.title}
              <kbd className={menu.keys}>{keyOf('palette')}</kbd>
            </Menu.Item>
            <Menu.Item className={menu.item} onClick={onHelp}>
              {texts.account.keys}
              <kbd className={menu.keys}>{keyOf('help')}</kbd>
            </Menu.Item>
            <Menu.Item
              className={menu.item}
              render={<a href={new URL('graphql', base).href}>{texts.nav.graphiql}</a>}
            />
            {viewer?.canSignOut === true && (
              <Menu.Item className={menu.item} onClick={leave}>
                {texts.account.signOut}
              </Menu.Item>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
