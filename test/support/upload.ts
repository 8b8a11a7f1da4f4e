import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import sharp from 'sharp';

/** A picture that no other test has. */
export async function makePicture(): Promise<Buffer> {
  const create = { width: 16, height: 16, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 40 } } as const;
  return sharp({ create: { ...create, background: '#000' } })
    .png()
    .withExif({ IFD0: { Copyright: randomBytes(16).toString('hex') } })
    .toBuffer();
}

/** A real video, with bytes of its own at the end. */
export async function makeVideo(size = 0): Promise<Buffer> {
  const film = await readFile(new URL('../fixtures/probe/upright.mp4', import.meta.url));
  return Buffer.concat([film, randomBytes(16), Buffer.alloc(size)]);
}

const document = /* GraphQL */ `
  mutation ($input: UploadMediaInput!) {
    uploadMedia(input: $input) {
      __typename
      ... on MediaItem {
        id
        title
        description
        filename
        originalFilename
        relativePath
        sha256
        sizeBytes
        mimeType
        status
        uploadedBy
        duplicateOf {
          id
        }
        category {
          key
        }
        metadata
      }
      ... on Error {
        code
        message
      }
    }
  }
`;

export interface UploadAnswer {
  status: number;
  /** The union's member, as far as the operation was carried out. */
  result: Record<string, unknown> & { __typename: string };
  body: Record<string, unknown>;
}

/** Sends a file as a browser or a program would, with the fields of UploadMediaInput. */
export async function upload(url: string, bytes: Uint8Array, name: string, input: object = {}): Promise<UploadAnswer> {
  const form = new FormData();
  form.set('operations', JSON.stringify({ query: document, variables: { input: { file: null, ...input } } }));
  form.set('map', '{"file":["variables.input.file"]}');
  form.set('file', new Blob([new Uint8Array(bytes)]), name);
  return answerOf(await fetch(url, { method: 'POST', body: form }));
}

export async function answerOf(response: Response): Promise<UploadAnswer> {
  const body = (await response.json()) as { data?: { uploadMedia: UploadAnswer['result'] } };
  return { status: response.status, result: body.data?.uploadMedia as UploadAnswer['result'], body };
}

/** A multipart body, part by part, as bytes that a test can break. */
export function multipartBody(
  parts: readonly [headers: string, content: string | Buffer][],
  end = '--x--\r\n',
): Buffer {
  const written = parts.map(([headers, content]) =>
    Buffer.concat([Buffer.from(`--x\r\n${headers}\r\n\r\n`), Buffer.from(content), Buffer.from('\r\n')]),
  );
  return Buffer.concat([...written, Buffer.from(end)]);
}

export const field = (name: string, content: string): [string, string] => [
  `Content-Disposition: form-data; name="${name}"`,
  content,
];

export const filePart = (name: string, filename: string, content: Buffer): [string, Buffer] => [
  `Content-Disposition: form-data; name="${name}"; filename="${filename}"\r\nContent-Type: application/octet-stream`,
  content,
];

/** The first parts of an upload, to which the file `file` belongs. */
export const operations = (input: object = {}): [string, string] =>
  field('operations', JSON.stringify({ query: document, variables: { input: { file: null, ...input } } }));

export const map = field('map', '{"file":["variables.input.file"]}');

/** Sends a request byte by byte as it is given, and gives all of the answer; '' where the connection just ends. */
export async function sendRaw(
  url: string,
  body: Buffer,
  headers: Record<string, string | number> = {},
): Promise<string> {
  const { hostname, port, pathname } = new URL(url);
  const socket = createConnection(Number(port), hostname);
  const all = {
    host: `${hostname}:${port}`,
    'content-type': 'multipart/form-data; boundary=x',
    'content-length': body.length,
    connection: 'close',
    ...headers,
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST ${pathname} HTTP/1.1\r\n${head.join('')}\r\n`);
  socket.write(body);
  return text(socket).catch(() => '');
}

/** What uploads left in the folder where they are until they are whole; the parts of resumable ones may stay. */
export async function leftIn(incomingDir: string): Promise<string[]> {
  return (await readdir(incomingDir)).filter((name) => name !== 'resumable');
}
