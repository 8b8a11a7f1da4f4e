import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';

/** What a client has of an answer in the end. */
export interface Outcome {
  /** Null where there was no answer. */
  status: number | null;
  /** As the head of the answer promises; null where it does not. */
  promisedBytes: number | null;
  receivedBytes: number;
  sha256: string;
  text: string;
  /** Null where the answer was whole, as far as the client can see. */
  error: string | null;
}

interface ExchangeOptions {
  method?: string;
  headers?: Record<string, string | number>;
}

/** A request on a connection of its own, whose body and answer move when a test wants them to. */
export interface Exchange {
  readonly request: ClientRequest;
  /** The head of the answer. */
  head: Promise<IncomingMessage>;
  /** Reads the answer to its end; never rejects. */
  read(): Promise<Outcome>;
}

export function startExchange(url: string | URL, options: ExchangeOptions = {}): Exchange {
  const sent = request(url, { agent: false, ...options });
  const head = once(sent, 'response').then(([response]) => response as IncomingMessage);
  head.catch(() => undefined); // whoever reads it hears
  sent.on('error', () => undefined); // also after the answer has begun
  return { request: sent, head, read: () => readAnswer(head) };
}

async function readAnswer(head: Promise<IncomingMessage>): Promise<Outcome> {
  const outcome: Outcome = {
    status: null,
    promisedBytes: null,
    receivedBytes: 0,
    sha256: '',
    text: '',
    error: null,
  };
  const hash = createHash('sha256');
  try {
    const response = await head;
    outcome.status = response.statusCode ?? null;
    const promised = response.headers['content-length'];
    outcome.promisedBytes = promised === undefined ? null : Number(promised);
    for await (const chunk of response as AsyncIterable<Buffer>) {
      hash.update(chunk);
      outcome.receivedBytes += chunk.length;
      if (outcome.receivedBytes < 100_000) outcome.text += chunk.toString();
    }
  } catch (error) {
    outcome.error = (error as Error).message;
  }
  outcome.sha256 = hash.digest('hex');
  return outcome;
}
