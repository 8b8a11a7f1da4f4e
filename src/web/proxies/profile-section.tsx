import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { describeFailure } from '../api/describe-failure.ts';
import { useOperation } from '../api/use-operation.ts';
import type { MediaFilter, ProxyProfilesQuery } from '../generated/graphql.ts';
import { isEnded } from '../jobs/job-facts.ts';
import { JobLine } from '../jobs/job-line.tsx';
import { Button } from '../ui/button.tsx';
import { proxyTexts } from '../words/proxies.ts';
import { ProxyLargestDocument, ProxyNeedDocument, ProxySummaryDocument } from './documents.ts';
import { MadeProxies } from './made-proxies.tsx';
import styles from './proxies.module.css';
import { useProxyRun } from './use-proxy-run.ts';

/** One profile: how much of the library is covered, what still needs a proxy, and making those. */
export function ProfileSection({ profile }: { profile: ProxyProfilesQuery['imageProxyProfiles'][number] }) {
  const { name, shorterSide } = profile;
  const client = useQueryClient();
  const needed = filterOf(name, 'NEEDED');
  const { data: summary, error } = useOperation(ProxySummaryDocument, { profile: name });
  const { data: need } = useOperation(ProxyNeedDocument, { filter: needed });
  const look = useProxyRun();
  const run = useProxyRun();
  const report = look.report;
  const hasRun = run.job !== null && isEnded(run.job);
  const [isFresh, setFresh] = useState(true);
  useEffect(() => {
    if (!hasRun) return;
    // What was looked at before is made now.
    setFresh(false);
    void client.invalidateQueries();
  }, [hasRun, client]);
  if (error !== null) return <p className={styles.failed}>{describeFailure(error)}</p>;
  if (summary === undefined || need === undefined) return null;
  const {
    errors,
    proxiesCreated: made,
    savingsPercent,
    totalOriginalBytes,
    totalProxyBytes,
  } = summary.imageProxySummary;
  const { totalCount: count } = need.media;
  const remains = isFresh ? (report?.remainsRemoved ?? 0) : 0;
  const failure = look.error ?? run.error;
  const percent = made + count === 0 ? 100 : Math.floor((100 * made) / (made + count));
  return (
    <section className={styles.profile} aria-labelledby={`profile-${name}`}>
      <h2 id={`profile-${name}`} className={styles.name}>
        {proxyTexts.profile(name)} <span className={styles.quiet}>{proxyTexts.shorterSide(shorterSide)}</span>
      </h2>
      <div
        className={styles.bar}
        role="meter"
        aria-label={proxyTexts.coverageLabel(name)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <span style={{ width: `${percent}%` }} />
      </div>
      <p>
        {proxyTexts.coverage(made, count)}{' '}
        {made > 0 && proxyTexts.saved(totalProxyBytes, totalOriginalBytes, savingsPercent)}
      </p>
      {errors > 0 && <p className={styles.waiting}>{proxyTexts.unread(errors)}</p>}
      {count > 0 && (
        <>
          <p className={styles.need} role="status">
            {proxyTexts.need(count)}
            {isFresh && report !== null && `, ${proxyTexts.about(report.totalProxyBytes, report.totalOriginalBytes)}`}.
          </p>
          <Largest filter={needed} />
        </>
      )}
      {report !== null && isFresh && (
        <p className={styles.quiet}>
          {remains === 0
            ? proxyTexts.noRemains
            : count > 0
              ? proxyTexts.withRemains(remains)
              : proxyTexts.remains(remains)}
        </p>
      )}
      <div className={styles.actions}>
        {count > 0 && (
          <Button kind="primary" disabled={run.isBusy} onClick={() => run.start({ profile: name })}>
            {proxyTexts.make(count)}
          </Button>
        )}
        {count === 0 && remains > 0 && (
          <Button kind="danger" disabled={run.isBusy} onClick={() => run.start({ profile: name })}>
            {proxyTexts.removeRemains(remains)}
          </Button>
        )}
        <Button
          disabled={look.isBusy || run.isBusy}
          onClick={() => {
            setFresh(true);
            look.start({ profile: name, dryRun: true });
          }}
        >
          {look.isBusy
            ? proxyTexts.looking(look.job?.progress.done ?? 0, look.job?.progress.total ?? null)
            : proxyTexts.look}
        </Button>
      </div>
      {failure !== null && <p className={styles.failed}>{describeFailure(failure)}</p>}
      {run.job !== null && <JobLine job={run.job} />}
      {made > 0 && <MadeProxies profile={name} filter={filterOf(name, 'MADE')} />}
    </section>
  );
}

function filterOf(profile: string, proxy: 'NEEDED' | 'MADE'): MediaFilter {
  return { mediaTypes: ['IMAGE'], statuses: ['AVAILABLE'], proxy, proxyProfile: profile };
}

/** Those that are worth most. */
function Largest({ filter }: { filter: MediaFilter }) {
  const { data } = useOperation(ProxyLargestDocument, { filter });
  const edges = data?.media.edges ?? [];
  return (
    <ul className={styles.strip} aria-label={proxyTexts.waiting}>
      {edges.map(({ node: { id, thumbnailUrl, title } }) => (
        <li key={id}>
          <Link to="/item/$id" params={{ id }} className={styles.tile}>
            <img src={thumbnailUrl} alt={title} loading="lazy" decoding="async" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
