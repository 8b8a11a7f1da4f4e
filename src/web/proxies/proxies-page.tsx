import { describeFailure } from '../api/describe-failure.ts';
import { useOperation } from '../api/use-operation.ts';
import { ForRole } from '../ui/for-role.tsx';
import { Notice } from '../ui/notice.tsx';
import { proxyTexts } from '../words/proxies.ts';
import { ProxyProfilesDocument } from './documents.ts';
import { ProfileSection } from './profile-section.tsx';
import styles from './proxies.module.css';

/** The image proxies of the library, by profile. */
export function ProxiesPage() {
  return (
    <ForRole least="EDITOR">
      <Profiles />
    </ForRole>
  );
}

function Profiles() {
  const { data, error } = useOperation(ProxyProfilesDocument, {}, { staleTime: 60_000 });
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
