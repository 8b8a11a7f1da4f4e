import type { UpstreamSources } from '../delivery/choose-source.ts';
import { joinCopypartyPath } from './copyparty-address.ts';
import { UpstreamError, UpstreamRefusedError } from './copyparty-errors.ts';
import { openCopypartySource } from './copyparty-source.ts';
import type { Copyparty } from './copyparty.ts';
import { formatEtag } from './file-answer.ts';

/** The files of a copyparty, beside which the disk may stand in for it. */
export function createCopypartySources(copyparty: Pick<Copyparty, 'get' | 'head' | 'state'>): UpstreamSources {
  return {
    open: (file, options) => openCopypartySource(copyparty, file, options),
    etagOf({ copypartyPath, relativePath }, { sizeBytes, modifiedAt }) {
      const path = joinCopypartyPath(copypartyPath, relativePath);
      const modifiedMs = modifiedAt.getTime();
      return formatEtag(path, sizeBytes, modifiedMs, toSeconds(modifiedMs) === toSeconds(Date.now()));
    },
    state: copyparty.state,
    // A refusal is a fault in the settings, which has to show, and copyparty's "no" is not for us to overrule.
    isOutage: (error) => error instanceof UpstreamError && !(error instanceof UpstreamRefusedError),
  };
}

function toSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}
