import { useRef, useState } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { execute } from '../api/execute.ts';
import { Button } from '../ui/button.tsx';
import { say } from '../ui/say.ts';
import { Spoken } from '../ui/spoken.tsx';
import { batchTexts } from '../words/batch.ts';
import { BatchDialog } from './batch-dialog.tsx';
import type { BatchProps } from './batch-props.ts';
import styles from './batch.module.css';
import { readChosen, type Chosen } from './chosen-items.ts';
import { HandOverDocument } from './documents.ts';

const most = 200;

interface Handed {
  item: Chosen;
  url: string | null;
  text: string;
}

/** Hands photos over to where a model can fetch them, and gives the links. */
export function AnalysisDialog({ selections, count, onClose }: BatchProps) {
  const [handed, setHanded] = useState<readonly Handed[] | null>(null);
  const [total, setTotal] = useState(count);
  const [failure, setFailure] = useState<string | null>(null);
  const isOpen = useRef(true);
  const { handOver } = batchTexts;
  const run = async () => {
    setHanded([]);
    try {
      const photos = (await readChosen(selections, most)).filter(({ mediaType }) => mediaType === 'IMAGE');
      setTotal(photos.length);
      if (photos.length === 0) setFailure(handOver.none);
      for (const item of photos) {
        // One after the other: who closes the dialog wants no more of them.
        if (!isOpen.current) return;
        const one = await handOne(item);
        setHanded((before) => [...(before ?? []), one]);
      }
    } catch (error) {
      setFailure(describeFailure(error));
    }
  };
  const close = () => {
    isOpen.current = false;
    onClose();
  };
  const progress = handOver.progress(handed?.length ?? 0, total);
  const urls = handed?.flatMap(({ url }) => url ?? []) ?? [];
  return (
    <BatchDialog
      title={handOver.title}
      lead={count > most ? handOver.tooMany(most) : handOver.lead(count)}
      onClose={close}
      submit={
        handed === null ? { label: handOver.start(count), isDisabled: count > most, run: () => void run() } : undefined
      }
    >
      {handed !== null && (
        <>
          <p>{progress}</p>
          <Spoken text={progress} isUnderWay={handed.length < total} />
          <ul className={styles.list} aria-label={handOver.list}>
            {handed.map(({ item, text, url }) => (
              <li key={item.id}>
                {url === null ? (
                  item.title
                ) : (
                  <a href={url} target="_blank" rel="noreferrer">
                    {item.title}
                  </a>
                )}
                <span className={url === null ? styles.failed : styles.quiet}>{text}</span>
              </li>
            ))}
          </ul>
          {urls.length > 0 && (
            <Button
              onClick={() =>
                void navigator.clipboard.writeText(urls.join('\n')).then(
                  () => say(handOver.copied),
                  (error: unknown) => say(describeFailure(error)),
                )
              }
            >
              {handOver.copyAll}
            </Button>
          )}
        </>
      )}
      {failure !== null && <p className={styles.failed}>{failure}</p>}
    </BatchDialog>
  );
}

async function handOne(item: Chosen): Promise<Handed> {
  const { result } = await execute(HandOverDocument, { input: { mediaId: item.id } });
  if (result.__typename !== 'AnalysisImage') return { item, url: null, text: result.message };
  const { presignedUrl, sizeBytes, usedProxy } = result;
  return { item, url: presignedUrl, text: batchTexts.handOver.link(sizeBytes, usedProxy) };
}
