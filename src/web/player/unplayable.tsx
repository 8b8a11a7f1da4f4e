import { execute } from '../api/execute.ts';
import { describeFailure } from '../api/describe-failure.ts';
import { texts } from '../words/texts.ts';
import type { Tile } from '../media/list-documents.ts';
import { Button } from '../ui/button.tsx';
import { say } from '../ui/say.ts';
import { SignedLinkDocument, type Item } from '../media/item-documents.ts';
import styles from './film.module.css';

interface UnplayableProps {
  tile: Tile;
  item: Item | null;
  reason: string;
  /** What becomes of it, where it passes; else the ways to play it elsewhere are offered. */
  retry?: { hint: string; onRetry: () => void } | undefined;
}

/** Says why a film does not play, and what helps. */
export function Unplayable({ tile, item, reason, retry }: UnplayableProps) {
  const copy = async () => {
    try {
      const { mediaItem } = await execute(SignedLinkDocument, { id: tile.id });
      await navigator.clipboard.writeText(new URL(mediaItem?.streamUrl ?? tile.streamUrl, location.href).href);
      say(texts.film.copied);
    } catch (error) {
      say(describeFailure(error));
    }
  };
  return (
    <div className={styles.unplayable} data-no-swipe>
      <img src={tile.posterUrl} alt="" onError={(event) => (event.currentTarget.hidden = true)} />
      <p role="alert">{reason}</p>
      <p>{retry?.hint ?? texts.film.cannotHint}</p>
      <div className={styles.ways}>
        {retry !== undefined && <Button onClick={retry.onRetry}>{texts.film.tryNow}</Button>}
        {retry === undefined && <Button onClick={() => void copy()}>{texts.film.copyLink}</Button>}
        {retry === undefined && item !== null && (
          <Button render={<a href={item.downloadUrl} download />}>{texts.film.download}</Button>
        )}
      </div>
    </div>
  );
}
