import { GraphQLError } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';

/**
 * Passes on the operation that the host has read from a multipart request, and limits the bodies that Yoga reads
 * itself.
 */
export function readOperation(maxBodyBytes: number): Plugin<object, { operation?: GraphQLParams }> {
  return {
    onRequestParse({ requestParser, serverContext, setRequestParser, fetchAPI }) {
      const { operation } = serverContext;
      if (operation) setRequestParser(() => operation);
      else if (requestParser) {
        setRequestParser(async (request) => {
          if (request.body === null) return requestParser(request);
          const { url, method, headers } = request;
          return requestParser(
            new fetchAPI.Request(url, { method, headers, body: await readBody(request.body, maxBodyBytes) }),
          );
        });
      }
    },
  };
}

async function readBody(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Buffer<ArrayBuffer>> {
  // `for await` would close the connection when reading ends early, before the answer is sent.
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let total = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    total += read.value.length;
    if (total > maxBytes) {
      throw new GraphQLError(`An operation has at most ${maxBytes} bytes. Send files in a multipart request.`, {
        extensions: { code: 'REQUEST_TOO_LARGE', http: { status: 413 } },
      });
    }
    chunks.push(read.value);
  }
  return Buffer.concat(chunks);
}
