import { posix } from 'node:path';
import { foldName } from './fold-name.ts';

export type SidecarKind = 'LYRICS' | 'SIDECAR' | 'TAKEOUT' | 'XMP';

const ofGoogle = 'supplemental-metadata';
/** Google cuts the names of what it exports. */
const cutLength = 46;

/** What lies beside files of all kinds under their names, by its extension. */
const sidecars: Readonly<Record<string, SidecarKind>> = {
  aae: 'SIDECAR',
  cue: 'SIDECAR',
  lrc: 'LYRICS',
  lrv: 'SIDECAR',
  nfo: 'SIDECAR',
  pp3: 'SIDECAR',
  dop: 'SIDECAR',
  thm: 'SIDECAR',
  xmp: 'XMP',
};

/** Returns what the file of that name, of the same folder, says of an item; null where it says nothing of it. Both are folded. */
export function sidecarKindOf(itemName: string, name: string): SidecarKind | null {
  const { name: stem } = posix.parse(itemName);
  const { name: own, ext } = posix.parse(name);
  const extension = ext.slice(1);
  if (extension === 'json') return takeoutKindOf(itemName, stem, own);
  if (own !== stem && own !== itemName) return null;
  return sidecars[extension] ?? null;
}

/**
 * `IMG_1.jpg.json`, `IMG_1.jpg.supplemental-metadata.json` and what is left of that where the name was cut; `(1)` stands behind the
 * extension there. `Film.info.json` comes of programs that fetch films.
 */
function takeoutKindOf(itemName: string, stem: string, own: string): SidecarKind | null {
  if (own === `${stem}.info`) return 'SIDECAR';
  const [, plain = stem, counter = ''] = /^(.*?)(\(\d+\))$/s.exec(stem) ?? [];
  const names = [itemName, `${plain}${posix.extname(itemName)}`].slice(0, counter === '' ? 1 : 2);
  for (const [index, name] of names.entries()) {
    const behind = index === 0 ? '' : counter;
    const whole = `${name}.${ofGoogle}`;
    const hasCounter = behind === '' || own.endsWith(behind);
    const text = behind === '' ? own : own.slice(0, -behind.length);
    const isCut = text.length >= cutLength - 5 && text.length >= Math.min(name.length, cutLength - 5);
    if (hasCounter && (text === name || (whole.startsWith(text) && (text.length > name.length || isCut))))
      return 'TAKEOUT';
  }
  return own === stem ? 'TAKEOUT' : null;
}

/** The folded beginnings of the names of all sidecars of an item. */
export function sidecarPrefixes(itemName: string): string[] {
  const { name: stem } = posix.parse(foldName(itemName));
  const plain = stem.replace(/\(\d+\)$/, '');
  return [...new Set([`${stem}.`, `${plain}.`, stem.slice(0, cutLength - 5)])];
}
