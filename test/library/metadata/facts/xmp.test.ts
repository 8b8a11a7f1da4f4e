import { expect, it } from 'vitest';
import { createNotes } from '../../../../src/library/metadata/facts/notes.ts';
import { readXmp } from '../../../../src/library/metadata/facts/xmp.ts';
import { xmpDates, xmpFacts } from '../../../../src/library/metadata/facts/xmp-facts.ts';

const namespaces =
  'xmlns:xap="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" ' +
  'xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" ' +
  'xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"';

function xmp(attributes: string, content = ''): string {
  return (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">' +
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    `<rdf:Description rdf:about="" ${namespaces} ${attributes}>${content}</rdf:Description></rdf:RDF></x:xmpmeta>`
  );
}

function read(document: string | Buffer) {
  const notes = createNotes();
  const properties = readXmp(Buffer.from(document as string), notes);
  return { facts: xmpFacts(properties, notes), dates: xmpDates(properties, notes), notes: notes.list };
}

const list = (...words: string[]) =>
  `<dc:subject><rdf:Bag>${words.map((word) => `<rdf:li>${word}</rdf:li>`).join('')}</rdf:Bag></dc:subject>`;

it('reads attributes and elements, whatever the prefix of their namespace', () => {
  const document = xmp(
    'xap:Rating="4" photoshop:DateCreated="2024-01-31T23:59:59.5+02:00" aux:Lens="RF50mm"',
    '<xap:CreateDate>2024-02-01</xap:CreateDate>' +
      list('Seine', 'Tom &amp; Jerry') +
      '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">At night</rdf:li></rdf:Alt></dc:title>' +
      '<exif:GPSLatitude>48,30.0S</exif:GPSLatitude><exif:GPSLongitude>2,15,36E</exif:GPSLongitude>',
  );
  expect(read(document)).toEqual({
    facts: {
      camera: { lens: 'RF50mm' },
      place: { latitude: -48.5, longitude: 2.26 },
      rating: 4,
      keywords: ['Seine', 'Tom & Jerry'],
      embeddedTitle: 'At night',
    },
    dates: [
      {
        name: 'XMP photoshop:DateCreated',
        source: 'XMP',
        localMs: Date.UTC(2024, 0, 31, 23, 59, 59, 500),
        offsetMinutes: 120,
      },
      { name: 'XMP xmp:CreateDate', source: 'XMP', localMs: Date.UTC(2024, 1, 1), offsetMinutes: null },
    ],
    notes: [],
  });
});

it('reads the time of the satellites, of which the clock of the place is not known', () => {
  expect(read(xmp('exif:GPSTimeStamp="2023-11-15T12:30:00Z"')).dates).toEqual([
    { name: 'XMP exif:GPSTimeStamp', source: 'GPS', localMs: Date.UTC(2023, 10, 15, 12, 30), offsetMinutes: null },
  ]);
});

it('reads UTF-16 of both orders', () => {
  const document = Buffer.from(xmp('', list('Öl')), 'utf16le');
  for (const bytes of [document, Buffer.from(document).swap16()])
    expect(read(bytes).facts).toEqual({ keywords: ['Öl'] });
});

it('takes nothing from the parts of other properties', () => {
  const history =
    '<xmpMM:DerivedFrom><rdf:Description xap:Rating="1"><dc:subject>other</dc:subject></rdf:Description></xmpMM:DerivedFrom>' +
    '<xmpMM:History><rdf:Seq><rdf:li><dc:subject>no</dc:subject></rdf:li></rdf:Seq></xmpMM:History>';
  expect(read(xmp('', history)).facts).toEqual({});
});

it('resolves no entities but those of XML, and keeps what stands before a fault', () => {
  const bomb = `<!DOCTYPE x [<!ENTITY a "${'boom'.repeat(50)}"><!ENTITY b "&a;&a;&a;">]>${xmp('xap:Rating="3"', list('before', '&b;'))}`;
  const { facts, notes } = read(bomb);
  expect(facts).toEqual({ rating: 3, keywords: ['before'] });
  expect(notes).toEqual(['The XMP of the file is broken; what stands before the fault is read.']);
  expect(read(xmp('xap:Rating="2"', list('whole')).slice(0, -60)).facts).toEqual({ rating: 2, keywords: ['whole'] });
  expect(read('no XML at all').facts).toEqual({});
});

it('bounds what a document can hold, and how deep', () => {
  const words = Array.from({ length: 5000 }, (_, index) => `word ${index} ${'x'.repeat(300)}`);
  const { facts, notes } = read(xmp('xap:Rating="99"', list(...words)));
  expect(facts.keywords).toHaveLength(200);
  expect(facts.keywords?.[0]).toHaveLength(100);
  expect(facts.rating).toBeUndefined();
  expect(notes).toContain('Of the keywords only the first 200 are kept.');
  expect(notes).toContain('The rating is 99, which makes no sense; it is left out.');
  const deep = '<rdf:li>'.repeat(100_000);
  expect(read(xmp('xap:Rating="1"', deep)).facts).toEqual({ rating: 1 });
});
