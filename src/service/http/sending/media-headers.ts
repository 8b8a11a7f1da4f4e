import contentDisposition from 'content-disposition';

export type Disposition = 'inline' | 'attachment';

export interface NamedContent {
  contentType: string;
  filename: string;
}

/** Returns the headers for an untrusted file: its type, its name (RFC 6266), and a sandbox where it is active. */
export function mediaHeaders(
  { contentType, filename }: NamedContent,
  disposition: Disposition,
): Record<string, string> {
  const isActive = isActiveContent(contentType);
  return {
    'content-type': contentType,
    // Clients would take a backslash for a separator, and leave out what is before it.
    'content-disposition': contentDisposition(filename.replaceAll('\\', '_'), {
      type: isActive ? 'attachment' : disposition,
    }),
    'x-content-type-options': 'nosniff',
    ...(isActive && { 'content-security-policy': "sandbox; default-src 'none'" }),
  };
}

/** Whether a browser would run scripts in it, with this site's origin. All XML counts: it can name a stylesheet. */
function isActiveContent(contentType: string): boolean {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return type === 'text/html' || type.startsWith('multipart/') || /[/+]xml$|\/xsl$/.test(type);
}
