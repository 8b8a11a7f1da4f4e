import type { StoryboardLayout } from './storyboard-layout.ts';

/** The layout and the sheet are kept as one file, so that neither is ever there without the other: a line of JSON, a WebP. */
export function packStoryboard(layout: StoryboardLayout, sheet: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${JSON.stringify(layout)}\n`), sheet]);
}

export function unpackStoryboard(bytes: Buffer): { layout: StoryboardLayout; sheet: Buffer } {
  const end = bytes.indexOf('\n');
  return {
    layout: JSON.parse(bytes.toString('utf8', 0, end)) as StoryboardLayout,
    sheet: bytes.subarray(end + 1),
  };
}
