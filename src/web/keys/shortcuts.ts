import { useEffect, useRef } from 'react';
import { tinykeys } from 'tinykeys';
import { areSingleKeysOn, isSingleKey } from './single-keys.ts';

/**
 * Every key of the page, in the notation of tinykeys. The help, the menus and the handlers read them here, so that they
 * cannot disagree.
 */
export const shortcuts = {
  help: { group: 'page', keys: ['Shift+?', '?'], shown: '?', label: 'Show the keys' },
  palette: { group: 'go', keys: ['$mod+k'], shown: 'Ctrl K', label: 'Go to anything, or do it' },
  search: { group: 'go', keys: ['/'], shown: '/', label: 'Search' },
  goAll: { group: 'go', keys: ['g a'], shown: 'g a', label: 'All' },
  goFavourites: { group: 'go', keys: ['g f'], shown: 'g f', label: 'Favourites' },
  goUpload: { group: 'go', keys: ['g u'], shown: 'g u', label: 'Upload' },
  goTrash: { group: 'go', keys: ['g t'], shown: 'g t', label: 'Trash' },
  goJobs: { group: 'go', keys: ['g j'], shown: 'g j', label: 'Work' },
  left: { group: 'list', keys: ['ArrowLeft', 'Shift+ArrowLeft'], shown: '←', label: 'Item before' },
  right: { group: 'list', keys: ['ArrowRight', 'Shift+ArrowRight'], shown: '→', label: 'Item after' },
  up: { group: 'list', keys: ['ArrowUp', 'Shift+ArrowUp'], shown: '↑', label: 'Row above' },
  down: { group: 'list', keys: ['ArrowDown', 'Shift+ArrowDown'], shown: '↓', label: 'Row below' },
  pageUp: { group: 'list', keys: ['PageUp', 'Shift+PageUp'], shown: 'PgUp', label: 'A page up' },
  pageDown: { group: 'list', keys: ['PageDown', 'Shift+PageDown'], shown: 'PgDn', label: 'A page down' },
  home: { group: 'list', keys: ['Home', 'Shift+Home'], shown: 'Home', label: 'First item' },
  end: { group: 'list', keys: ['End', 'Shift+End'], shown: 'End', label: 'Last item' },
  rowStart: {
    group: 'list',
    keys: ['$mod+ArrowLeft', '$mod+Shift+ArrowLeft'],
    shown: 'Ctrl ←',
    label: 'First in the row',
  },
  rowEnd: {
    group: 'list',
    keys: ['$mod+ArrowRight', '$mod+Shift+ArrowRight'],
    shown: 'Ctrl →',
    label: 'Last in the row',
  },
  goDate: { group: 'list', keys: ['g d', 'Shift+G'], shown: 'g d', label: 'Go to a date' },
  nextDay: { group: 'list', keys: ['d'], shown: 'd', label: 'Next day' },
  previousDay: { group: 'list', keys: ['Shift+D'], shown: 'Shift D', label: 'Day before' },
  nextSection: { group: 'list', keys: ['m'], shown: 'm', label: 'Next month' },
  previousSection: { group: 'list', keys: ['Shift+M'], shown: 'Shift M', label: 'Month before' },
  nextYear: { group: 'list', keys: ['y'], shown: 'y', label: 'Next year' },
  previousYear: { group: 'list', keys: ['Shift+Y'], shown: 'Shift Y', label: 'Year before' },
  open: { group: 'list', keys: ['Enter'], shown: 'Enter', label: 'Open' },
  select: { group: 'list', keys: ['x', 'Shift+X', 'Space'], shown: 'x', label: 'Select, or not' },
  selectSection: { group: 'list', keys: ['h'], shown: 'h', label: 'Select all under the heading' },
  selectAll: { group: 'list', keys: ['$mod+a'], shown: 'Ctrl A', label: 'Select all that match' },
  larger: { group: 'list', keys: ['+', 'Shift++', '='], shown: '+', label: 'Larger tiles' },
  smaller: { group: 'list', keys: ['-'], shown: '-', label: 'Smaller tiles' },
  layout: { group: 'list', keys: ['v'], shown: 'v', label: 'Next layout' },
  favourite: { group: 'list', keys: ['b'], shown: 'b', label: 'Favourite, or not' },
  hide: { group: 'list', keys: ['Delete'], shown: 'Del', label: 'Remove' },
  leave: { group: 'page', keys: ['Escape'], shown: 'Esc', label: 'Close, or clear the selection' },
  details: { group: 'viewer', keys: ['i'], shown: 'i', label: 'Details' },
  zoom: { group: 'viewer', keys: ['z'], shown: 'z', label: 'Zoom' },
  slideshow: { group: 'viewer', keys: ['s'], shown: 's', label: 'Slideshow' },
  fullScreen: { group: 'viewer', keys: ['f'], shown: 'f', label: 'Full screen' },
  filmstrip: { group: 'viewer', keys: ['t'], shown: 't', label: 'Filmstrip' },
  playPause: { group: 'player', keys: ['k', 'Space'], shown: 'k', label: 'Play or pause' },
  back10: { group: 'player', keys: ['j'], shown: 'j', label: '10 seconds back' },
  ahead10: { group: 'player', keys: ['l'], shown: 'l', label: '10 seconds on' },
  slower: { group: 'player', keys: ['Shift+<', '<'], shown: '<', label: 'Slower' },
  faster: { group: 'player', keys: ['Shift+>', '>'], shown: '>', label: 'Faster' },
  frameBack: { group: 'player', keys: [','], shown: ',', label: 'A frame back' },
  frameAhead: { group: 'player', keys: ['.'], shown: '.', label: 'A frame on' },
  seekTenth: {
    group: 'player',
    keys: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    shown: '0–9',
    label: 'To tenths of it',
  },
  captions: { group: 'player', keys: ['c'], shown: 'c', label: 'Subtitles, or none' },
  mute: { group: 'player', keys: ['m', 'Shift+N'], shown: 'm', label: 'Sound off, or on' },
  nextTitle: { group: 'player', keys: ['n'], shown: 'n', label: 'Next episode or track' },
  previousTitle: { group: 'player', keys: ['p'], shown: 'p', label: 'Episode or track before' },
} as const satisfies Record<string, { group: string; keys: readonly string[]; shown: string; label: string }>;

export type ShortcutId = keyof typeof shortcuts;

type Handler = (event: KeyboardEvent) => void;
type Handlers = Partial<Record<ShortcutId, Handler>>;

interface Layer {
  handlers: Handlers;
  /** Whether what lies below hears nothing, as below a viewer. */
  isModal: boolean;
}

/** Milliseconds from one key of a sequence to the next: who looks for the second one on the keyboard has time for it. */
const sequenceMs = 2_000;

const layers: Layer[] = [];

/** Binds all keys of the page once; the last component that wants a key gets it. */
export function bindShortcuts(): () => void {
  // A key may mean one thing in a list and another in a film.
  const meanings = new Map<string, ShortcutId[]>();
  for (const [id, { keys }] of Object.entries(shortcuts)) {
    for (const key of keys) meanings.set(key, [...(meanings.get(key) ?? []), id as ShortcutId]);
  }
  const bindings = [...meanings].map(([key, ids]) => [key, (event: KeyboardEvent) => dispatch(ids, event)] as const);
  return tinykeys(window, Object.fromEntries(bindings), { timeout: sequenceMs });
}

/** Handles keys while the component is there. */
export function useShortcuts(handlers: Handlers, { isModal = false, isOn = true } = {}): void {
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    if (!isOn) return;
    const layer: Layer = {
      isModal,
      get handlers() {
        return latest.current;
      },
    };
    layers.push(layer);
    return () => void layers.splice(layers.indexOf(layer), 1);
  }, [isModal, isOn]);
}

/** Returns a shortcut's key as this system writes it. */
export function keyOf(id: ShortcutId): string {
  const { shown } = shortcuts[id];
  return isMac() ? shown.replace('Ctrl', '⌘') : shown;
}

/**
 * Returns the keys of a shortcut as `aria-keyshortcuts` writes them, such as `Control+K`; undefined for one that is a sequence of keys,
 * which it cannot say.
 */
export function ariaKeysOf(id: ShortcutId): string | undefined {
  const mod = isMac() ? 'Meta' : 'Control';
  const keys: readonly string[] = shortcuts[id].keys;
  const single = keys.filter((key) => !key.includes(' '));
  if (single.length === 0) return undefined;
  return single.map((key) => key.replace('$mod', mod).replace(/^\+$|(?<=\+)\+$/, 'Plus')).join(' ');
}

/** Whether the key that is shown for a shortcut is a sign without Ctrl or Cmd, which people can switch off. */
export function isSingle(id: ShortcutId): boolean {
  return /^(?:Shift\+)?.$|^. .$/.test(shortcuts[id].keys[0]);
}

/** Lists what its key would do at this moment. */
export function availableShortcuts(): ShortcutId[] {
  return (Object.keys(shortcuts) as ShortcutId[]).filter((id) => handlerOf([id]) !== undefined);
}

/** Does what its key would do. */
export function runShortcut(id: ShortcutId): void {
  handlerOf([id])?.(new KeyboardEvent('keydown'));
}

function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}

function dispatch(ids: readonly ShortcutId[], event: KeyboardEvent): void {
  if (event.defaultPrevented || isPressing(event)) return;
  if (isTyping(event) && !ids.includes('palette')) return;
  if (isSingleKey(event) && !areSingleKeysOn()) return;
  const handler = handlerOf(ids);
  if (handler === undefined) return;
  event.preventDefault();
  handler(event);
}

function handlerOf(ids: readonly ShortcutId[]): Handler | undefined {
  for (const { handlers, isModal } of layers.toReversed()) {
    const handler = ids.map((id) => handlers[id]).find((each) => each !== undefined);
    if (handler !== undefined || isModal) return handler;
  }
  return undefined;
}

/** In a field, a menu or a dialog of the components, keys are theirs; a slider and a box have a few of their own. */
function isTyping({ key, target }: KeyboardEvent): boolean {
  if (target instanceof HTMLInputElement && ['range', 'checkbox', 'radio'].includes(target.type)) {
    return ownKeys.has(key);
  }
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, [role="menu"], [role="dialog"]:not([data-keys])') !== null
  );
}

const ownKeys = new Set('ArrowLeft ArrowRight ArrowUp ArrowDown Home End PageUp PageDown Enter'.split(' ').concat(' '));

/** Enter and Space press what has the focus; a player takes the Space alone. */
function isPressing({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (key === ' ') return target.closest('button, a[href], summary, video, audio') !== null;
  return key === 'Enter' && target.closest('button, a[href], summary') !== null;
}
