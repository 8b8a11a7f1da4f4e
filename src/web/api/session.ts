import { base } from './execute.ts';
import { toServiceError, UnreachableError } from './api-errors.ts';

/** Signs this browser in by a cookie that is the token. Throws ServiceError with what was wrong with it. */
export async function signIn(token: string, staySignedIn: boolean): Promise<void> {
  await send('POST', JSON.stringify({ token, staySignedIn }));
}

/** Ends the session of this browser. */
export async function signOut(): Promise<void> {
  await send('DELETE');
}

async function send(method: string, body?: string): Promise<void> {
  let response: Response;
  try {
    response = await fetch(new URL('session', base), {
      method,
      credentials: 'same-origin',
      ...(body !== undefined && { body, headers: { 'content-type': 'application/json' } }),
    });
  } catch (cause) {
    throw new UnreachableError('nothing', { cause });
  }
  if (response.ok) return;
  const problem = (await response.json().catch(() => ({}))) as { detail?: string; code?: string };
  if (problem.detail === undefined) throw new UnreachableError('nonsense');
  throw toServiceError(response, problem.detail, problem.code);
}
