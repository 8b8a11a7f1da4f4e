import { useState } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { useAction } from '../api/use-operation.ts';
import { startedJob } from '../jobs/job-toast.ts';
import { Button } from '../ui/button.tsx';
import { Failure, Part } from '../ui/sheet.tsx';
import { migrationTexts } from '../words/migration.ts';
import { MigrateDocument } from './documents.ts';
import { Mappings } from './mappings.tsx';
import { addRow, completeMappings, takeMapping, type MappingRow } from './mapping-rows.ts';
import styles from './migration.module.css';
import { PictureFolder } from './picture-folder.tsx';
import { Preview } from './preview.tsx';
import { usePreview } from './use-preview.ts';

interface PlanProps {
  /** Path of the database. */
  source: string;
  onStarted: (jobId: string) => void;
}

/** Says where the files of a database are now, and shows what a migration would find before it is started. */
export function Plan({ onStarted, source }: PlanProps) {
  const [rows, setRows] = useState<readonly MappingRow[]>(() => addRow([]));
  const mappings = completeMappings(rows);
  const { isReading, preview, refusal } = usePreview(source, mappings);
  const [pictures, setPictures] = useState<string | null>(null);
  const folders = preview?.pictureFolders ?? [];
  const chosenPictures = pictures ?? folders[0] ?? '';
  const starting = useAction(MigrateDocument);
  const refused =
    starting.data !== undefined && 'message' in starting.data.result ? starting.data.result.message : null;
  const start = () =>
    starting.mutate(
      {
        input: {
          legacyDbPath: source,
          legacyImagesDir: chosenPictures.trim() === '' ? null : chosenPictures.trim(),
          pathMappings: mappings,
        },
      },
      { onSuccess: ({ result }) => !('message' in result) && onStarted(startedJob(result).id) },
    );
  return (
    <>
      <PictureFolder key={folders.join('\n')} folders={folders} value={chosenPictures} onChange={setPictures} />
      <Mappings rows={rows} onChange={setRows} />
      <Part title={migrationTexts.preview.title}>
        {isReading && (
          <p role="status" className={styles.note}>
            {migrationTexts.preview.reading}
          </p>
        )}
        {refusal !== null && <Failure text={refusal} />}
        {preview !== null && <Preview preview={preview} onUse={(mapping) => setRows(takeMapping(rows, mapping))} />}
      </Part>
      <Failure text={starting.error === null ? refused : describeFailure(starting.error)} />
      <div>
        <Button kind="primary" disabled={preview === null || starting.isPending} onClick={start}>
          {starting.isPending ? migrationTexts.starting : migrationTexts.start(preview?.modelCount ?? 0)}
        </Button>
      </div>
    </>
  );
}
