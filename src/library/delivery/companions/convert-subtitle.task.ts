import { writeCues } from './cue.ts';
import { decodeText } from './decode-text.ts';
import { readSubStation } from './read-substation.ts';
import { readTimedText } from './read-timed-text.ts';

export interface ConvertSubtitleInput {
  bytes: Uint8Array;
  /** By BCP 47; it tells the encoding of what is no Unicode. */
  language: string | null;
}

/** Converts SubRip, SubStation Alpha or WebVTT, whatever its name says, to WebVTT; null where it is none of them. */
export function convertSubtitle({ bytes, language }: ConvertSubtitleInput): string | null {
  const text = decodeText(bytes, language).trimStart();
  const isVtt = /^WEBVTT(?:\s|$)/.test(text);
  const isSubStation = /^(?:\[script info\]|\[v4\+? styles\]|\[events\])/i.test(text);
  const cues = isSubStation ? readSubStation(text) : (readTimedText(text, isVtt) ?? readSubStation(text));
  return cues === null ? null : writeCues(cues);
}
