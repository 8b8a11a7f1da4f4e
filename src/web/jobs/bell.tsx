import { Popover } from '@base-ui/react/popover';
import { Link } from '@tanstack/react-router';
import { Bell as BellIcon } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../ui/button.tsx';
import menu from '../ui/menu.module.css';
import { number } from '../words/format.ts';
import { jobTexts } from '../words/jobs.ts';
import styles from './bell.module.css';
import { JobLine } from './job-line.tsx';
import { useJobsChanged, useRecentJobs } from './recent-jobs.ts';
import { useUnread } from './unread.ts';

/** Tells what is at work and what failed since somebody looked; opened, the lines of both. */
export function Bell() {
  useJobsChanged();
  const { ended, running } = useRecentJobs();
  const { unread, markSeen } = useUnread(ended);
  const [isOpen, setOpen] = useState(false);
  const toggle = (open: boolean) => {
    setOpen(open);
    // Whatever comes while it is open is seen, too.
    markSeen();
  };
  const { bell } = jobTexts;
  const close = () => toggle(false);
  return (
    <Popover.Root open={isOpen} onOpenChange={toggle}>
      <Popover.Trigger
        render={
          <IconButton
            label={bell.label(running.length, unread.length)}
            icon={<Signs running={running.length} unread={unread} />}
          />
        }
      />
      <Popover.Portal>
        <Popover.Positioner className={menu.positioner} side="top" align="start" sideOffset={8}>
          <Popover.Popup className={`${menu.popup} ${styles.panel}`} aria-label={bell.title}>
            {running.length + ended.length === 0 && <p className={menu.note}>{bell.nothing}</p>}
            <ul>
              {[...running, ...ended.slice(0, Math.max(3, unread.length))].map((job) => (
                <li key={job.id}>
                  <JobLine job={job} onOpen={close} />
                </li>
              ))}
            </ul>
            <Button kind="quiet" className={styles.all ?? ''} render={<Link to="/jobs" onClick={close} />}>
              {bell.all}
            </Button>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface SignsProps {
  running: number;
  unread: ReturnType<typeof useUnread>['unread'];
}

function Signs({ running, unread }: SignsProps) {
  const isLoss = unread.some(({ status }) => status !== 'HELD');
  return (
    <span className={styles.bell}>
      <BellIcon aria-hidden />
      {unread.length > 0 && <span className={styles.unread} data-waits={!isLoss || undefined} />}
      {running > 0 && <span className={styles.running}>{number(running)}</span>}
    </span>
  );
}
