import { useRender } from '@base-ui/react/use-render';
import { ariaKeysOf, isSingle, keyOf, type ShortcutId } from '../keys/shortcuts.ts';
import { useSingleKeys } from '../keys/single-keys.ts';
import styles from './button.module.css';

interface ButtonProps extends useRender.ComponentProps<'button'> {
  /** What it is for: the one that one mostly wants, one that loses data, or one among others. */
  kind?: 'plain' | 'primary' | 'danger' | 'quiet';
}

export function Button({ kind = 'plain', render = <button type="button" />, className, ...props }: ButtonProps) {
  const classes = [styles.button, styles[kind], className].filter(Boolean).join(' ');
  return useRender({ render, props: { className: classes, ...props } });
}

interface IconButtonProps extends Omit<ButtonProps, 'children'> {
  /** Says what it does, also as its tip. */
  label: string;
  icon: React.ReactNode;
  /** The key that does the same. */
  shortcut?: ShortcutId;
}

export function IconButton({ label, icon, shortcut, className, ...props }: IconButtonProps) {
  return (
    <Button
      kind="quiet"
      aria-label={label}
      className={[styles.icon, className].filter(Boolean).join(' ')}
      {...useKeyTip(label, shortcut)}
      {...props}
    >
      {icon}
    </Button>
  );
}

/** What names the key of a button beside what it does, for those who see its tip and those who hear it; a key that is switched off is none. */
export function useKeyTip(label: string, shortcut?: ShortcutId): { title: string; 'aria-keyshortcuts'?: string } {
  const areSingleKeysOn = useSingleKeys();
  if (shortcut === undefined || (!areSingleKeysOn && isSingle(shortcut))) return { title: label };
  const keys = ariaKeysOf(shortcut);
  return { title: `${label} (${keyOf(shortcut)})`, ...(keys !== undefined && { 'aria-keyshortcuts': keys }) };
}
