import contentDisposition from 'content-disposition';

export type Disposition = 'inline' | 'attachment';

export interface NamedContent {
  contentType: string;
  filename: string;
}

/** How a browser is to treat a file of a stranger: its type, its name (RFC 6266), and that it is not to be trusted. */
export function mediaHeaders(
  { contentType, filename }: NamedContent,
  disposition: Disposition,
): Record<string, string> {
  const isActive = isActiveContent(contentType);
  return {
    'content-type': contentType,
    // A backslash would be taken for a separator, and what stands before it left out.
    'content-disposition': contentDisposition(filename.replaceAll('\\', '_'), {
      type: isActive ? 'attachment' : disposition,
    }),
    'x-content-type-options': 'nosniff',
    ...(isActive && { 'content-security-policy': "sandbox; default-src 'none'" }),
  };
}

/** Whether a browser would run scripts in it, with this site's origin. XML counts whole: it can name a stylesheet. */
function isActiveContent(contentType: string): boolean {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return type === 'text/html' || type.startsWith('multipart/') || /[/+]xml$|\/xsl$/.test(type);
}
