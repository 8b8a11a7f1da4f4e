import { cleanText, cleanTexts, withoutGaps } from './clean.ts';
import type { CaptureCandidate, MediaFacts } from './facts.ts';
import { parseLocalTime } from './local-time.ts';
import type { Notes } from './notes.ts';
import { decodeText } from './tiff-tags.ts';
import { maxCaptionLength } from './xmp-facts.ts';

/** The values of IPTC's second record, by the number of the dataset. */
type IptcRecord = ReadonlyMap<number, readonly Buffer[]>;

const [title, keyword, dateCreated, timeCreated, caption] = [5, 25, 55, 60, 120];
const maxDatasets = 2_000;

/** Reads IPTC (IIM 4), as it is or among the resources of Photoshop, in which JPEG has it. */
export function readIptc(block: Buffer, notes: Notes): { facts: MediaFacts; dates: CaptureCandidate[] } {
  const record = readRecord(findRecords(block));
  const text = (dataset: number) => record.get(dataset)?.map(decodeText) ?? [];
  const keywords = cleanTexts(text(keyword), 'keywords', notes, { maxItems: 200 });
  const facts = withoutGaps<MediaFacts>({
    keywords: keywords.length === 0 ? undefined : keywords,
    embeddedTitle: cleanText(text(title)[0], 'The title', notes),
    caption: cleanText(text(caption)[0], 'The caption', notes, maxCaptionLength),
  });
  return { facts: facts ?? {}, dates: datesOf(text(dateCreated)[0], text(timeCreated)[0]) };
}

/** `20240131` and `235959+0200`; zeros stand for what is not known. */
function datesOf(date = '', time = ''): CaptureCandidate[] {
  const day = /^(\d{4})(\d{2})(\d{2})$/.exec(date);
  const clock = /^(\d{2})(\d{2})(\d{2})([+-]\d{4})?$/.exec(time);
  if (day === null) return [];
  const zone = clock?.[4] ?? '';
  const written = `${day.slice(1).join('-')}${clock === null ? '' : `T${clock.slice(1, 4).join(':')}${zone}`}`;
  const parsed = parseLocalTime(written);
  if (parsed === null) return [];
  return [{ name: 'IPTC DateCreated', source: 'IPTC', localMs: parsed.localMs, offsetMinutes: parsed.offsetMinutes }];
}

/** The resources have a signature, a number, a name and a length, each at an even place. */
function findRecords(block: Buffer): Buffer {
  let at = block.indexOf('8BIM');
  if (at === -1) return block;
  while (at + 12 <= block.length && block.toString('latin1', at, at + 4) === '8BIM') {
    const number = block.readUInt16BE(at + 4);
    const nameBytes = even((block[at + 6] ?? 0) + 1);
    const start = at + 6 + nameBytes + 4;
    if (start > block.length) break;
    const length = block.readUInt32BE(start - 4);
    if (number === 0x0404) return block.subarray(start, start + length);
    at = start + even(length);
  }
  return Buffer.alloc(0);
}

function even(length: number): number {
  return length + (length % 2);
}

function readRecord(records: Buffer): IptcRecord {
  const values = new Map<number, Buffer[]>();
  for (let at = 0, seen = 0; at + 5 <= records.length && records[at] === 0x1c && seen < maxDatasets; seen++) {
    const [record, dataset] = [records[at + 1], records[at + 2] ?? 0];
    const length = records.readUInt16BE(at + 3);
    // An extended length, of values over 32 KiB, is that of no text.
    if (length > 0x7fff) break;
    if (record === 2) values.set(dataset, [...(values.get(dataset) ?? []), records.subarray(at + 5, at + 5 + length)]);
    at += 5 + length;
  }
  return values;
}
