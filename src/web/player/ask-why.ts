import { SignedOutError } from '../api/api-errors.ts';
import { currentSession, noteSignedOut } from '../api/signed-out.ts';

/** Why a film or a track does not play, as far as its address tells: a media element says nothing of it. */
export type Trouble =
  /** Its disk is away, or the service has too much to do: it may be there later. */
  | { kind: 'away' | 'busy'; retryInSeconds: number }
  /** Nobody is signed in any more, or the network is away. */
  | { kind: 'signedOut' | 'unreachable'; retryInSeconds: number }
  | { kind: 'gone' }
  /** The bytes are there; the browser makes nothing of them. */
  | { kind: 'broken' };

const usualRetrySeconds = 10;

/** Asks an address for its first byte. */
export async function askWhy(streamUrl: string): Promise<Trouble> {
  let response: Response;
  try {
    response = await fetch(streamUrl, { headers: { range: 'bytes=0-0' }, cache: 'no-store' });
  } catch {
    return { kind: 'unreachable', retryInSeconds: usualRetrySeconds };
  }
  const code = response.status === 503 ? await codeOf(response) : null;
  void response.body?.cancel().catch(() => undefined); // it was read, or the browser has ended it
  return troubleOf({ status: response.status, code, retryAfter: response.headers.get('retry-after') });
}

interface StreamAnswer {
  status: number;
  /** What the service calls its reason. */
  code: string | null;
  /** The header of that name. */
  retryAfter: string | null;
}

/** Reads an answer to the question for a stream. */
export function troubleOf({ code, retryAfter, status }: StreamAnswer): Trouble {
  const seconds = Number(retryAfter);
  const retryInSeconds = seconds > 0 ? Math.min(300, Math.ceil(seconds)) : usualRetrySeconds;
  if (status === 401) {
    noteSignedOut(new SignedOutError('the stream is not given without a session', currentSession()));
    return { kind: 'signedOut', retryInSeconds };
  }
  if (code === 'CATEGORY_OFFLINE') return { kind: 'away', retryInSeconds };
  if (status === 429 || status >= 500) return { kind: 'busy', retryInSeconds };
  if (status === 403 || status === 404 || status === 410) return { kind: 'gone' };
  return { kind: 'broken' };
}

async function codeOf(response: Response): Promise<string | null> {
  try {
    const { code } = (await response.json()) as { code?: unknown };
    return typeof code === 'string' ? code : null;
  } catch {
    return null; // no document of the service: something before it has answered
  }
}
