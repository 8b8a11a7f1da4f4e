import { isReservedName } from '../../base/files/reserved-name.ts';
import { cutToBytes } from '../../base/text.ts';
import { mimeTypeOf } from '../metadata/mime-type.ts';

const maxBytes = 255;
/** Room for ` (1)` and so on, and for another extension. */
const spareBytes = 32;

/**
 * A name for a file, made of whatever a client sent: the last part of a path, without characters that filesystems,
 * shells or terminals treat specially, short enough for every filesystem, not hidden, and in a form (NFC) that looks the
 * same everywhere. It is never empty.
 */
export function safeFilename(sent: string): string {
  const name = sent
    .split(/[\\/]/)
    .at(-1)!
    .normalize('NFC')
    .replaceAll(unsafe, ' ')
    .replaceAll(/\s+/g, ' ')
    // Windows drops dots and spaces at the end, and so takes two names for one; a dot in front hides a file.
    .replaceAll(/^[. ]+|[. ]+$/g, '');
  const [beforeDot, afterDot] = splitName(name);
  // What is longer than any extension is a part of the name.
  const [stem, extension] = Buffer.byteLength(afterDot) <= spareBytes ? [beforeDot, afterDot] : [name, ''];
  const safeStem = stem === '' ? 'upload' : isReservedName(stem) ? `_${stem}` : stem;
  const kept = cutToBytes(safeStem, maxBytes - spareBytes * 2);
  return (kept === safeStem ? kept : kept.trimEnd()) + extension;
}

/** The name with this extension in place of its own; what follows a dot and means no type is not an extension. */
export function withExtension(name: string, extension: string): string {
  return `${mimeTypeOf(name) === null ? name : splitName(name)[0]}.${extension}`;
}

/** The name itself, then `name (1).ext`, `name (2).ext` and so on. */
export function numberedName(name: string, number: number): string {
  const [stem, extension] = splitName(name);
  return number === 0 ? name : `${stem} (${number})${extension}`;
}

// What Windows forbids, controls, line separators, marks that turn the direction of text, and halves of characters.
const unsafe = /[<>:"|?*\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/gu;

/** Splits a name; the extension keeps its dot. */
function splitName(name: string): [stem: string, extension: string] {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
}
