import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { useOperation } from '../api/use-operation.ts';
import { usePages } from '../api/use-pages.ts';
import { hideMany } from '../media/bulk.ts';
import { Button } from '../ui/button.tsx';
import { ForRole } from '../ui/for-role.tsx';
import { Notice } from '../ui/notice.tsx';
import { say } from '../ui/say.ts';
import { duplicateTexts } from '../words/duplicates.ts';
import { DuplicatesDocument } from './documents.ts';
import { DuplicateGroup } from './duplicate-group.tsx';
import styles from './duplicates.module.css';
import { keepIgnored, readIgnored } from './ignored.ts';

/** Items whose bytes are there several times, those that waste most first. */
export function DuplicatesPage() {
  return (
    <ForRole least="EDITOR">
      <Groups />
    </ForRole>
  );
}

function Groups() {
  const client = useQueryClient();
  const { data } = useOperation(DuplicatesDocument, {});
  const groups = usePages(DuplicatesDocument, {}, ({ duplicateGroups }) => duplicateGroups);
  const [ignored, setIgnored] = useState(readIgnored);
  const [showsIgnored, setShowsIgnored] = useState(false);
  // Groups are counted a moment after what changes them: what was dealt with is gone from here at once.
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const known = groups.nodes.filter(({ sha256 }) => !gone.has(sha256));
  const shown = known.filter(({ sha256 }) => showsIgnored || !ignored.has(sha256));
  const { totalCount = 0, wastedBytes = 0 } = data?.duplicateGroups ?? {};
  const ignore = (sha256: string) => {
    const next = new Set([...ignored, sha256]);
    setIgnored(next);
    keepIgnored(next);
  };
  const keep = (sha256: string, id: string) => {
    setGone((before) => new Set([...before, sha256]));
    const refresh = () => {
      setGone((before) => new Set([...before].filter((each) => each !== sha256)));
      void client.invalidateQueries();
    };
    const filter = { sha256, statuses: ['AVAILABLE' as const] };
    hideMany({ filter, except: [id] }, refresh).then(
      () => void client.invalidateQueries(),
      (error: unknown) => {
        refresh();
        say(describeFailure(error));
      },
    );
  };
  return (
    <div className={styles.page} id="list" tabIndex={-1}>
      <h1 className={styles.title}>{duplicateTexts.title}</h1>
      {totalCount > 0 && <p className={styles.lead}>{duplicateTexts.lead(totalCount, wastedBytes)}</p>}
      <p className={styles.lead}>{duplicateTexts.hint}</p>
      {groups.error !== null && <Notice text={describeFailure(groups.error)} />}
      {groups.isKnown && known.length === 0 && groups.more === null && <Notice text={duplicateTexts.empty} />}
      {shown.map((group) => (
        <DuplicateGroup
          key={group.sha256}
          group={group}
          onKeep={(id) => keep(group.sha256, id)}
          onIgnore={ignored.has(group.sha256) ? null : () => ignore(group.sha256)}
        />
      ))}
      <div className={styles.end}>
        {groups.more !== null && <Button onClick={groups.more}>{duplicateTexts.more}</Button>}
        {!showsIgnored && known.length > shown.length && (
          <Button onClick={() => setShowsIgnored(true)}>{duplicateTexts.ignored(known.length - shown.length)}</Button>
        )}
      </div>
    </div>
  );
}
