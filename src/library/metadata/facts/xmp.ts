import sax from 'sax';
import type { Notes } from './notes.ts';

/** The values of the properties that are read, by their name with the usual prefix, such as `dc:subject`. */
export type XmpProperties = ReadonlyMap<string, readonly string[]>;

/** The usual prefixes; a document may have others, so names are known by their namespace. */
const prefixes = new Map([
  ['http://purl.org/dc/elements/1.1/', 'dc'],
  ['http://ns.adobe.com/exif/1.0/', 'exif'],
  ['http://cipa.jp/exif/1.0/', 'exifEX'],
  ['http://ns.adobe.com/exif/1.0/aux/', 'aux'],
  ['http://ns.adobe.com/hdr-gain-map/1.0/', 'hdrgm'],
  ['http://ns.adobe.com/photoshop/1.0/', 'photoshop'],
  ['http://ns.adobe.com/tiff/1.0/', 'tiff'],
  ['http://ns.adobe.com/xap/1.0/', 'xmp'],
  ['http://ns.adobe.com/lightroom/1.0/', 'lr'],
  ['http://ns.microsoft.com/photo/1.0/', 'MicrosoftPhoto'],
  ['http://ns.microsoft.com/photo/1.0', 'MicrosoftPhoto'],
]);
const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';

/** The types of the package lack `strictEntities`: only the five entities of XML are known. */
const options: sax.SAXOptions & { strictEntities: boolean } = { xmlns: true, strictEntities: true, position: false };

/** Histories of edits have megabytes; what is read here stands before them, or in short documents. */
const [maxCharacters, maxValues, maxValueLength, maxDepth] = [1024 * 1024, 1_000, 10_000, 100];

/**
 * Reads the properties of an XMP document (ISO 16684-1): those of its rdf:Description elements, as attributes or as elements
 * with a text or a list. Entities that the document declares are not resolved. Of a document that is broken, what stands
 * before the fault counts, and a note says so.
 */
export function readXmp(document: Buffer, notes: Notes): XmpProperties {
  const properties = new Map<string, string[]>();
  const parser = sax.parser(true, options);
  /** The elements from the root on; of each, its name, where it is one that counts. */
  const open: string[] = [];
  let values = 0;
  let text = '';
  let isOver = false;
  const add = (name: string, value: string) => {
    // Of a chunk with a fault, the parser goes on to the end.
    if (isOver || values === maxValues || value.trim() === '') return;
    values += 1;
    const known = properties.get(name) ?? [];
    properties.set(name, known);
    known.push(value.trim());
  };
  /** The property whose value is being read: a child of a description that is no part of another property. */
  const current = () =>
    open.at(-1) === '' ? undefined : open.findLast((_, index) => open[index - 1] === 'rdf:Description');

  parser.onopentag = (tag) => {
    const { uri, local, attributes } = tag as sax.QualifiedTag;
    if (open.length === maxDepth) {
      isOver = true;
      return;
    }
    open.push(nameOf(uri, local));
    text = '';
    if (open.at(-1) !== 'rdf:Description' || open.filter((name) => name === 'rdf:Description').length > 1) return;
    for (const attribute of Object.values(attributes)) {
      const name = nameOf(attribute.uri, attribute.local);
      if (name !== '' && !name.startsWith('rdf:')) add(name, attribute.value.slice(0, maxValueLength));
    }
  };
  const addText = (part: string) => {
    if (text.length < maxValueLength) text += part.slice(0, maxValueLength);
  };
  parser.onclosetag = () => {
    const property = current();
    if (property !== undefined && isValue(open)) add(property, text);
    text = '';
    open.pop();
  };
  const onerror = () => {
    isOver = true;
    notes.add('The XMP of the file is broken; what stands before the fault is read.');
    parser.error = null as unknown as Error; // its type does not know that it takes null to go on
  };
  Object.assign(parser, { ontext: addText, oncdata: addText, onerror });
  const whole = decode(document).slice(0, maxCharacters);
  for (let at = 0; at < whole.length && !isOver; at += chunk) parser.write(whole.slice(at, at + chunk));
  return properties;
}

/** Between chunks it is seen whether to go on. */
const chunk = 64 * 1024;

/** Whether the innermost element is a property, or an entry of a list that is one's value. */
function isValue(open: readonly string[]): boolean {
  const descriptions = open.filter((name) => name === 'rdf:Description').length;
  if (descriptions !== 1) return false;
  const below = open.slice(open.indexOf('rdf:Description') + 1);
  return below.length === 1 || (below.length === 3 && below[2] === 'rdf:li');
}

/** Returns the name with the usual prefix; empty for one that is not read. */
function nameOf(uri: string, local: string): string {
  const prefix = uri === rdf ? 'rdf' : prefixes.get(uri);
  return prefix === undefined ? '' : `${prefix}:${local}`;
}

/** XMP is UTF-8 in nearly all files, and may be UTF-16; zeros around the first sign tell. Before it stand marks and blanks. */
function decode(document: Buffer): string {
  const start = document.indexOf('<');
  if (start === -1) return '';
  if (document[start + 1] === 0) {
    const isBig = document[start - 1] === 0 && start % 2 === 1;
    const wide = document.subarray(isBig ? start - 1 : start);
    const even = Buffer.from(wide.subarray(0, wide.length - (wide.length % 2)));
    return (isBig ? even.swap16() : even).toString('utf16le');
  }
  // Behind the end there may be blanks and NULs.
  return document.subarray(start).toString('utf8').replace(/\0+$/, '');
}
