/** An MP3 of silence with a picture in its ID3v2.3 tag. */
export function embedCover(picture: Buffer): Buffer {
  const apic = Buffer.concat([Buffer.from('\0image/jpeg\0\x03\0', 'latin1'), picture]);
  const frameHeader = Buffer.alloc(10);
  frameHeader.write('APIC');
  frameHeader.writeUInt32BE(apic.length, 4);
  const tagBytes = frameHeader.length + apic.length;
  const tagHeader = Buffer.from('ID3\x03\0\0....', 'latin1');
  // Seven bits a byte, so that no byte of the length looks like the start of sound.
  for (const [index, shift] of [21, 14, 7, 0].entries()) tagHeader[6 + index] = (tagBytes >> shift) & 0x7f;
  // MPEG 1 layer III, 128 kbit/s, 44.1 kHz.
  const sound = Buffer.alloc(417);
  sound.set([0xff, 0xfb, 0x90, 0x00]);
  return Buffer.concat([tagHeader, frameHeader, apic, ...Array.from({ length: 50 }, () => sound)]);
}
