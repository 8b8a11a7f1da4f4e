import type { CategoryConfig } from '../../base/config/media-config.ts';
import type { Copyparty } from './copyparty.ts';
import { UpstreamRefusedError, UpstreamTimeoutError, UpstreamUnreachableError } from './copyparty-errors.ts';
import { listFolder, type CopypartyListing } from './list-folder.ts';
import { type ProbeFinding, tryFeatures } from './try-features.ts';

export interface ProbeReport {
  checkedAt: Date;
  /** Whether the files of any category can come from it. */
  isUsable: boolean;
  findings: ProbeFinding[];
}

interface ProbeOptions {
  copyparty: Pick<Copyparty, 'get'>;
  categories: readonly Pick<CategoryConfig, 'key' | 'copypartyPath'>[];
  hasPassword: boolean;
  signal: AbortSignal;
}

/**
 * Finds out what copyparty lets the service do; versions and settings differ, so nothing can be taken for granted. Ranges,
 * thumbnails and archives are tried on the first files that it shows. Rejects only when the signal is aborted.
 */
export async function probeCopyparty({
  copyparty,
  categories,
  hasPassword,
  signal,
}: ProbeOptions): Promise<ProbeReport> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(maxProbeMs)]);
  const checkedAt = new Date();
  const shown: (CopypartyListing | Error)[] = [];
  // Categories are tried one after the other: after many refusals at once, copyparty would ban the service.
  for (const { copypartyPath } of categories) {
    shown.push(await listFolder(copyparty, copypartyPath, limited).catch(toError));
    if (isOutage(shown.at(-1))) break;
  }
  signal.throwIfAborted();
  const outage = shown.find(isOutage);
  if (outage) return { checkedAt, isUsable: false, findings: [{ state: 'fault', text: describeOutage(outage) }] };
  if (shown.some(isBan)) return { checkedAt, isUsable: false, findings: [{ state: 'fault', text: describeBan }] };
  const listings = shown.filter((listing): listing is CopypartyListing => !(listing instanceof Error));
  const shownFolders = categories.flatMap(({ copypartyPath }, index) => {
    const listing = shown[index];
    return listing === undefined || listing instanceof Error ? [] : [{ folderPath: copypartyPath, listing }];
  });
  const findings = [
    { state: 'ok', text: 'copyparty answers' } as const,
    findCredentials(listings, hasPassword),
    ...categories.map((category, index) => findCategory(category, shown[index])),
    ...(await tryFeatures(copyparty, shownFolders, limited)),
  ];
  signal.throwIfAborted();
  return { checkedAt, isUsable: listings.length > 0, findings };
}

const maxProbeMs = 20_000;

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function isOutage(answer: unknown): answer is Error {
  const isTimeout = answer instanceof Error && answer.name === 'TimeoutError';
  return answer instanceof UpstreamUnreachableError || answer instanceof UpstreamTimeoutError || isTimeout;
}

function describeOutage({ cause }: Error): string {
  // An error about several addresses has no message, only a code.
  const code = cause instanceof Error && 'code' in cause ? cause.code : '';
  const reason = cause instanceof Error && cause.message ? cause.message : code;
  return `copyparty does not answer${typeof reason === 'string' && reason ? ` (${reason})` : ''}: start it, or correct COPYPARTY_URL`;
}

function isBan(answer: unknown): boolean {
  return answer instanceof UpstreamRefusedError && answer.isBanned;
}

const describeBan =
  'copyparty has banned the address of this service for a day, after many refusals: correct COPYPARTY_PASSWORD and each ' +
  'copyparty_path, start copyparty with --ban-pw no --ban-403 no, and start it again';

/** Copyparty treats a service with a wrong password as anybody, and may still show a public folder. */
function findCredentials(listings: readonly CopypartyListing[], hasPassword: boolean): ProbeFinding {
  const account = listings.find((listing) => listing.account !== '*')?.account;
  if (account !== undefined) return { state: 'ok', text: `copyparty knows the service as its user ${account}` };
  if (!hasPassword) return { state: 'ok', text: 'copyparty is asked without a password' };
  return { state: 'fault', text: 'copyparty does not accept the password: correct COPYPARTY_PASSWORD' };
}

function findCategory(
  { key, copypartyPath }: ProbeOptions['categories'][number],
  listing: CopypartyListing | Error | undefined,
): ProbeFinding {
  if (!(listing instanceof Error)) return { state: 'ok', text: `copyparty shows ${copypartyPath}, of ${key}` };
  const remedy =
    listing instanceof UpstreamRefusedError
      ? "let the service's user read it, or correct copyparty_path"
      : 'correct copyparty_path';
  return { state: 'fault', text: `copyparty does not show ${copypartyPath}, of ${key}: ${remedy}` };
}
