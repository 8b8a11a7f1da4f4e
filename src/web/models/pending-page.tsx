import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { useAction } from '../api/use-operation.ts';
import { usePages } from '../api/use-pages.ts';
import { useIsAdmin } from '../api/use-viewer.ts';
import { readFragment } from '../generated/fragment-masking.ts';
import type { HashPendingModelsInput } from '../generated/graphql.ts';
import { isEnded } from '../jobs/job-facts.ts';
import { JobLine } from '../jobs/job-line.tsx';
import { startedJob } from '../jobs/job-toast.ts';
import { useJob } from '../jobs/use-job.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Failure, Sheet } from '../ui/sheet.tsx';
import { pendingTexts } from '../words/pending.ts';
import { ConflictCard } from './conflict-card.tsx';
import { HashPendingDocument, PendingFacts, PendingImportsDocument } from './documents.ts';
import styles from './pending.module.css';
import { SearchInput } from './search-input.tsx';
import { useConflicts } from './use-conflicts.ts';

/** The records that wait for the hashes of their files, and those whose hash is known already, with what to do. */
export function PendingPage() {
  const seesPaths = useIsAdmin();
  const [search, setSearch] = useState('');
  const pages = usePages(
    PendingImportsDocument,
    { search: search === '' ? null : search, seesPaths },
    (result) => result.pendingImports,
  );
  const imports = pages.nodes.map((node) => readFragment(PendingFacts, node));
  const { conflicts: all, error, runningJob } = useConflicts(seesPaths);
  // What somebody left for now is shown again when the page is opened anew.
  const [left, setLeft] = useState<readonly string[]>([]);
  const conflicts = all.filter(({ pending }) => !left.includes(pending.id));
  const hashing = useHashing(runningJob);
  const total = pages.first?.pendingImports.totalCount ?? 0;
  return (
    <Sheet
      title={pendingTexts.title}
      lead={pendingTexts.lead}
      actions={
        <>
          <Button render={<Link to="/models" search={{}} />}>{pendingTexts.models}</Button>
          {seesPaths && total > 0 && search === '' && (
            <Button
              kind="primary"
              disabled={hashing.isBusy}
              onClick={() => hashing.start({ conflictStrategy: 'IGNORE' })}
            >
              {pendingTexts.hashAll(total)}
            </Button>
          )}
        </>
      }
    >
      {hashing.job && <JobLine job={hashing.job} />}
      {hashing.failure !== null && <Failure text={hashing.failure} />}
      {error !== null && <Failure text={describeFailure(error)} />}
      {conflicts.length > 0 && (
        <section className={styles.conflicts} aria-label={pendingTexts.conflicts.title}>
          <h2 className={styles.heading}>{pendingTexts.conflicts.title}</h2>
          <p className={styles.note}>{pendingTexts.conflicts.lead(conflicts.length)}</p>
          {conflicts.map((conflict) => (
            <ConflictCard
              key={conflict.pending.id}
              conflict={conflict}
              isBusy={hashing.isBusy}
              {...(seesPaths && {
                onDecide: (conflictStrategy) =>
                  conflictStrategy === 'REPORT'
                    ? setLeft([...left, conflict.pending.id])
                    : hashing.start({ ids: [conflict.pending.id], conflictStrategy }),
              })}
            />
          ))}
        </section>
      )}
      <Field label={pendingTexts.search}>
        <SearchInput value={search} onSearch={setSearch} />
      </Field>
      {pages.error !== null && <Failure text={describeFailure(pages.error)} />}
      {pages.isKnown && imports.length === 0 && (
        <Notice text={search === '' ? pendingTexts.none : pendingTexts.nothingMatches} />
      )}
      {total > 0 && <p role="status">{pendingTexts.count(total)}</p>}
      <ul className={styles.rows} aria-label={pendingTexts.title}>
        {imports.map(({ id, imageUrls, legacyPath, name, path, sizeBytes, tags, type }) => (
          <li key={id} className={styles.row}>
            <span className={styles.thumb}>
              {imageUrls[0] !== undefined && <img alt="" loading="lazy" src={imageUrls[0]} />}
            </span>
            <div className={styles.words}>
              <p className={styles.name}>{name ?? pendingTexts.nameless}</p>
              <p className={styles.note}>
                {[
                  type,
                  typeof sizeBytes === 'number' && pendingTexts.bytes(sizeBytes),
                  imageUrls.length > 0 && pendingTexts.pictures(imageUrls.length),
                  ...tags.map((tag) => tag.name),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
              {path !== undefined && <p className={styles.note}>{path}</p>}
              {legacyPath !== undefined && legacyPath !== path && (
                <p className={styles.note}>{pendingTexts.was(legacyPath)}</p>
              )}
            </div>
            {seesPaths && (
              <Button
                disabled={hashing.isBusy}
                aria-label={pendingTexts.hashName(name ?? pendingTexts.nameless)}
                onClick={() => hashing.start({ ids: [id], conflictStrategy: 'IGNORE' })}
              >
                {pendingTexts.hashOne}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {pages.more !== null && (
        <div>
          <Button onClick={pages.more}>{pendingTexts.more}</Button>
        </div>
      )}
    </Sheet>
  );
}

/** Starts hash jobs and follows the one that runs, also one that somebody else started; what it did is read again at its end. */
function useHashing(runningJob: string | null) {
  const client = useQueryClient();
  const starting = useAction(HashPendingDocument);
  const [startedId, setStartedId] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const { job } = useJob(startedId ?? runningJob);
  const hasEnded = job ? isEnded(job) : false;
  useEffect(() => {
    if (hasEnded) void client.invalidateQueries();
  }, [client, hasEnded, job?.id]);
  return {
    job,
    failure,
    isBusy: starting.isPending || (job !== null && job !== undefined && !hasEnded),
    start(input: HashPendingModelsInput) {
      setFailure(null);
      starting.mutate(
        { input },
        {
          onSuccess({ result }) {
            if ('message' in result) setFailure(result.message);
            else setStartedId(startedJob(result).id);
          },
          onError: (error) => setFailure(describeFailure(error)),
        },
      );
    },
  };
}
