import { describeFailure } from '../api/describe-failure.ts';
import { useOperation } from '../api/use-operation.ts';
import { useMayEdit, useViewer } from '../api/use-viewer.ts';
import { Notice } from '../ui/notice.tsx';
import { proxyTexts } from '../words/proxies.ts';
import { ProxyProfilesDocument } from './documents.ts';
import { ProfileSection } from './profile-section.tsx';
import styles from './proxies.module.css';

/** The image proxies of the library, by profile. */
export function ProxiesPage() {
  const mayEdit = useMayEdit();
  const { isKnown } = useViewer();
  const { data, error } = useOperation(ProxyProfilesDocument, {}, { enabled: mayEdit, staleTime: 60_000 });
  if (!mayEdit) return isKnown ? <Notice text={proxyTexts.onlyEditors} /> : null;
  return (
    <div className={styles.page} id="list" tabIndex={-1}>
      <h1 className={styles.title}>{proxyTexts.title}</h1>
      <p className={styles.lead}>{proxyTexts.lead}</p>
      {error !== null && <Notice text={describeFailure(error)} />}
      {data?.imageProxyProfiles.map((profile) => (
        <ProfileSection key={profile.name} profile={profile} />
      ))}
    </div>
  );
}
