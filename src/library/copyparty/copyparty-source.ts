import { addAbortSignal, type Readable } from 'node:stream';
import type { ByteRange, ByteSource, ExpectedRange } from '../delivery/byte-source.ts';
import type { OpenOptions, SourceFile, UpstreamSources } from '../delivery/choose-source.ts';
import { type Copyparty, discard } from './copyparty.ts';
import { joinCopypartyPath } from './copyparty-address.ts';
import { UpstreamBrokenError, UpstreamError, UpstreamRefusedError } from './copyparty-errors.ts';
import { type FileAnswer, type FileFacts, formatEtag, readFileAnswer } from './file-answer.ts';

type CopypartyFile = Omit<SourceFile, 'category' | 'rootPath'>;
type Upstream = Pick<Copyparty, 'get' | 'head'>;

interface Exchanged extends FileAnswer {
  body: Readable;
}

/**
 * A file that copyparty holds. Each answer is checked to be about the bytes that were asked for and about the version
 * that the first answer described. A suffix range never reaches copyparty, which gets it wrong: a ByteRange has both ends.
 * Throws what readFileAnswer and a Copyparty throw; `open` throws UpstreamBrokenError where the file has changed.
 */
export async function openCopypartySource(
  copyparty: Upstream,
  { copypartyPath, relativePath, contentType }: CopypartyFile,
  { signal, expected = null }: OpenOptions,
): Promise<ByteSource> {
  const path = joinCopypartyPath(copypartyPath, relativePath);
  const first = await ask(copyparty, path, expected, signal);
  const bodies = new Set([first.body]);
  let isTaken = false;
  return {
    ...first.facts,
    contentType,
    async open(range, openSignal) {
      const isAtHand = !isTaken && isSameRange(first.range, range);
      if (!isTaken && !isAtHand) discard(first);
      isTaken = true;
      if (isAtHand) return addAbortSignal(openSignal, first.body);
      const { facts, range: given, body } = await ask(copyparty, path, range, openSignal);
      const problem = findProblem(first.facts, facts, range, given);
      if (problem !== null) {
        discard({ body });
        throw new UpstreamBrokenError(problem);
      }
      bodies.add(body);
      return body;
    },
    async close() {
      for (const body of bodies) discard({ body });
    },
  };
}

async function ask(
  copyparty: Upstream,
  path: string,
  range: ExpectedRange | null,
  signal: AbortSignal,
): Promise<Exchanged> {
  const response = await (range === null ? copyparty.head(path, { signal }) : copyparty.get(path, { range, signal }));
  try {
    const answer = readFileAnswer(path, response);
    return { ...answer, range: range === null ? null : answer.range, body: response.body };
  } catch (error) {
    discard(response);
    throw error;
  }
}

function findProblem(first: FileFacts, now: FileFacts, asked: ByteRange, given: ByteRange | null): string | null {
  if (now.sizeBytes !== first.sizeBytes || now.modifiedAt.getTime() !== first.modifiedAt.getTime()) {
    return 'the file changed while it was being opened';
  }
  if (isSameRange(given, asked)) return null;
  return `the bytes ${asked.start}-${asked.end} were asked for and ${given ? `${given.start}-${given.end}` : 'none'} came`;
}

function isSameRange(given: ByteRange | null, asked: ByteRange): boolean {
  return given?.start === asked.start && given.end === asked.end;
}

/** The files of a copyparty, for which the disk may stand in. */
export function createCopypartySources(copyparty: Pick<Copyparty, 'get' | 'head' | 'state'>): UpstreamSources {
  return {
    open: (file, options) => openCopypartySource(copyparty, file, options),
    etagOf({ copypartyPath, relativePath }, { sizeBytes, modifiedAt }) {
      const path = joinCopypartyPath(copypartyPath, relativePath);
      const modifiedMs = modifiedAt.getTime();
      return formatEtag(path, sizeBytes, modifiedMs, toSeconds(modifiedMs) === toSeconds(Date.now()));
    },
    state: copyparty.state,
    // A refusal is no outage: it is a fault in the settings, which has to show, or a right that must not be bypassed.
    isOutage: (error) => error instanceof UpstreamError && !(error instanceof UpstreamRefusedError),
  };
}

function toSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}
