import { Popover } from '@base-ui/react/popover';
import { useLocation } from '@tanstack/react-router';
import { MoreHorizontal } from 'lucide-react';
import { useEffect, useState } from 'react';
import menu from '../ui/menu.module.css';
import { texts } from '../words/texts.ts';
import styles from './sidebar.module.css';

/** The places that have no room in the bar of a phone, behind a button. */
export function MorePlaces({ children }: { children: React.ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  const href = useLocation({ select: (location) => location.href });
  useEffect(() => setOpen(false), [href]);
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger className={styles.place} aria-label={texts.nav.morePlaces}>
        <MoreHorizontal aria-hidden />
        <span className={styles.label}>{texts.nav.more}</span>
      </Popover.Trigger>
      {/* The palette leads to places that are not seen, too. */}
      <Popover.Portal keepMounted>
        <Popover.Positioner className={menu.positioner} side="top" align="end" sideOffset={8} collisionPadding={8}>
          <Popover.Popup className={menu.popup} aria-label={texts.nav.morePlaces}>
            <ul>{children}</ul>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
