import { useState } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { useOperation } from '../api/use-operation.ts';
import { ForRole } from '../ui/for-role.tsx';
import { Notice } from '../ui/notice.tsx';
import { Failure, Sheet } from '../ui/sheet.tsx';
import { migrationTexts } from '../words/migration.ts';
import { LastMigrationDocument, SourcesDocument } from './documents.ts';
import { Progress } from './progress.tsx';
import { Plan } from './plan.tsx';
import { SourceChoice } from './source-choice.tsx';

/** Takes over the database of the earlier application: choose it, say where its files are now, look, start, read the account. */
export function MigrationPage() {
  return (
    <ForRole least="ADMIN">
      <Migration />
    </ForRole>
  );
}

function Migration() {
  const sources = useOperation(SourcesDocument);
  const last = useOperation(LastMigrationDocument);
  const [startedId, setStartedId] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const lastId = startedId ?? last.data?.jobs.edges[0]?.node.id ?? null;
  const found = sources.data?.legacySources ?? [];
  const source = chosen ?? (found.length === 1 ? (found[0]?.path ?? null) : null);
  return (
    <Sheet title={migrationTexts.title} lead={migrationTexts.lead}>
      {lastId !== null && <Progress key={lastId} jobId={lastId} />}
      {sources.error !== null && <Failure text={describeFailure(sources.error)} />}
      {sources.data !== undefined && found.length === 0 && (
        <Notice text={migrationTexts.sources.none} detail={migrationTexts.sources.noneLead} />
      )}
      {found.length > 0 && <SourceChoice sources={found} chosen={source} onChoose={setChosen} />}
      {source !== null && <Plan key={source} source={source} onStarted={setStartedId} />}
    </Sheet>
  );
}
