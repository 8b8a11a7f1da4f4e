import type { ImageProxyProfile } from '../../base/config/image-proxy-profile.ts';
import type { CandidateProxy, ProxyCandidate } from './sql/proxy-candidates.ts';
import type { ProxyFiles } from './proxy-files.ts';

/** The item's proxy, if it was made of its present file and for the profile as it is now, and its own file is there. */
export async function findFresh(
  { signature, proxy }: ProxyCandidate,
  { shorterSide }: ImageProxyProfile,
  files: Pick<ProxyFiles, 'holds'>,
): Promise<CandidateProxy | null> {
  if (proxy === null || proxy.sha256 === null) return null;
  if (proxy.sourceSignature !== signature || proxy.targetDimension !== shorterSide) return null;
  return (await files.holds(proxy)) ? proxy : null;
}
