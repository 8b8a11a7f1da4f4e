/**
 * Whether Windows takes the name of a file or folder for a device, with any extension: no such file can be made there, or
 * opened. The superscripts count as digits there.
 */
export function isReservedName(name: string): boolean {
  return device.test(name);
}

const device = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])[ .]*(?:\.|$)/i;
