import type { View, ViewChange } from '../../list/view.ts';
import { rangeOf } from '../../list/view-parameters.ts';
import { bytes, duration, number } from '../../words/format.ts';
import { texts } from '../../words/texts.ts';

/** A filter in force. */
interface Chip {
  name: string;
  /** What the address says without it. */
  without: ViewChange;
}

/** Lists the filters of a view, as people call them. */
export function chipsOf(view: View, labelOf: (category: string) => string): Chip[] {
  const { bar } = texts;
  const { cam, from, gps, dup, lens, proxy, rating, to } = view;
  const one = (name: keyof View, shown: string | undefined): Chip[] =>
    view[name] === undefined || shown === undefined ? [] : [{ name: shown, without: { [name]: undefined } }];
  const each = (
    name: 'cat' | 'type' | 'status' | 'at' | 'tag' | 'ext' | 'codec' | 'res' | 'shape',
    nameOf: (value: string) => string,
  ): Chip[] => {
    const values: readonly string[] = view[name] ?? [];
    return values.map((value) => {
      const rest = values.filter((other) => other !== value);
      return { name: nameOf(value), without: { [name]: rest.length === 0 ? undefined : rest } };
    });
  };
  const span = (name: 'len' | 'size' | 'w' | 'h', what: string, shown: (value: number) => string): Chip[] => {
    const { gte, lte } = rangeOf(view[name] ?? '');
    return one(
      name,
      bar.span(what, gte === undefined ? undefined : shown(gte), lte === undefined ? undefined : shown(lte)),
    );
  };
  const since = (name: 'added' | 'missed' | 'gone', what: string): Chip[] =>
    one(name, bar.since(what, view[name] ?? ''));
  const pixels = (value: number) => `${number(value)} ${bar.pixels}`;
  return [
    ...each('cat', labelOf),
    ...each('type', (value) => named(bar.types, value)),
    ...each('status', (value) => named(bar.statuses, value)),
    ...each('at', (value) => value.slice(value.indexOf('~') + 1)),
    ...one('in', view.in),
    ...each('tag', String),
    ...one('fav', bar.favourite),
    ...one('rating', bar.rating(rating ?? 0)),
    ...(from === undefined && to === undefined
      ? []
      : [{ name: bar.range(from, to), without: { from: undefined, to: undefined } }]),
    ...each('shape', (value) => named(bar.shapes, value)),
    ...each('res', (value) => named(bar.resolutions, value)),
    ...each('ext', (value) => value.toUpperCase()),
    ...each('codec', String),
    ...one('cam', cam),
    ...one('lens', lens),
    ...span('len', bar.length, duration),
    ...span('size', bar.size, bytes),
    ...span('w', bar.width, pixels),
    ...span('h', bar.height, pixels),
    ...one('gps', gps === true ? bar.placed : bar.unplaced),
    ...one('dup', dup === true ? bar.copied : bar.single),
    ...one('proxy', proxy && bar.proxies[proxy]),
    ...since('added', bar.added),
    ...since('missed', bar.missed),
    ...since('gone', bar.gone),
  ];
}

function named(names: Record<string, string>, value: string): string {
  return names[value] ?? value;
}
