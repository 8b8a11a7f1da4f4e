import { expect, it } from 'vitest';
import { readIptc } from '../../../../src/library/metadata/facts/iptc.ts';
import { createNotes } from '../../../../src/library/metadata/facts/notes.ts';

function dataset(number: number, value: string | Buffer): Buffer {
  const bytes = Buffer.from(value as string);
  const head = Buffer.from([0x1c, 2, number, 0, 0]);
  head.writeUInt16BE(bytes.length, 3);
  return Buffer.concat([head, bytes]);
}

/** A resource of Photoshop, with a name, at an even place. */
function resource(number: number, content: Buffer): Buffer {
  const head = Buffer.from('8BIM\0\0\x03abc\0\0\0\0', 'latin1');
  head.writeUInt16BE(number, 4);
  head.writeUInt32BE(content.length, head.length - 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

const records = Buffer.concat([
  dataset(5, 'At night'),
  dataset(25, 'Seine'),
  dataset(25, Buffer.from('Br\xfccke', 'latin1')),
  dataset(55, '20240131'),
  dataset(60, '235959-0330'),
  dataset(120, 'The river.\r\nAnd a bridge.'),
]);

const expected = {
  facts: { embeddedTitle: 'At night', keywords: ['Seine', 'Brücke'], caption: 'The river. And a bridge.' },
  dates: [
    { name: 'IPTC DateCreated', source: 'IPTC', localMs: Date.UTC(2024, 0, 31, 23, 59, 59), offsetMinutes: -210 },
  ],
};

it('reads records as they are, and among the resources of Photoshop', () => {
  expect(readIptc(records, createNotes())).toEqual(expected);
  const resources = Buffer.concat([resource(0x0425, Buffer.from('odd')), resource(0x0404, records)]);
  expect(readIptc(Buffer.concat([Buffer.from('Photoshop 3.0\0'), resources]), createNotes())).toEqual(expected);
});

it('reads as much as there is of what is cut off or no IPTC, and no date of zeros', () => {
  expect(readIptc(records.subarray(0, 30), createNotes())).toEqual({
    facts: { embeddedTitle: 'At night', keywords: ['Seine', 'Br'] },
    dates: [],
  });
  expect(readIptc(Buffer.from('8BIM no resource'), createNotes())).toEqual({ facts: {}, dates: [] });
  expect(readIptc(dataset(55, '00000000'), createNotes())).toEqual({ facts: {}, dates: [] });
});
