import type { ComponentsQuery, DisksQuery } from '../generated/graphql.ts';
import { statusTexts } from '../words/status.ts';
import styles from './status.module.css';

interface FactsProps {
  status: ComponentsQuery['serviceStatus'];
  queue: DisksQuery['serviceStatus']['queue'] | undefined;
}

const { service: texts } = statusTexts;

/** The service itself, in numbers. */
export function Facts({ queue, status }: FactsProps) {
  const { thumbnailCacheBytes, thumbnailsAhead, uptimeSeconds, version, workers } = status;
  return (
    <dl className={styles.facts}>
      <Fact name={texts.version} value={version} />
      <Fact name={texts.uptime} value={statusTexts.span(uptimeSeconds)} />
      <Fact name={texts.workers} value={texts.workersAt(workers.busy, workers.total, workers.queuedTasks)} />
      {queue !== undefined && <Fact name={texts.queue} value={texts.queueAt(queue.runningJobs, queue.queuedJobs)} />}
      <Fact name={texts.thumbnails} value={texts.bytes(thumbnailCacheBytes)} />
      {thumbnailsAhead !== null && thumbnailsAhead !== undefined && (
        <Fact
          name={texts.ahead}
          value={texts.aheadAt(texts.aheadStates[thumbnailsAhead.state], thumbnailsAhead.leftCount)}
        />
      )}
    </dl>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
