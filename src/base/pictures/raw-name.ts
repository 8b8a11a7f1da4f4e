/**
 * Whether a name is that of a camera's own format. The bytes of such a file pass for a TIFF, whose picture is a
 * stamp-sized thumbnail.
 */
export function isRawName(filename: string): boolean {
  return /\.(?:3fr|arw|cr2|cr3|dng|erf|iiq|kdc|mef|mos|mrw|nef|nrw|orf|pef|raf|raw|rw2|rwl|sr2|srf|srw)$/i.test(
    filename,
  );
}
