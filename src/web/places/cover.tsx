import { placeholderUrl } from '../ui/placeholder.ts';
import styles from './cover.module.css';

export interface CoverPicture {
  mediumUrl: string;
  placeholder?: string | null;
}

/** The picture that stands for a folder or a group: its blur at once, then itself. */
export function Cover({ cover }: { cover: CoverPicture | undefined }) {
  const background = typeof cover?.placeholder === 'string' ? placeholderUrl(cover.placeholder) : null;
  return (
    <span
      className={styles.cover}
      style={background === null ? undefined : { backgroundImage: `url("${background}")` }}
    >
      {cover !== undefined && (
        <img
          alt=""
          loading="lazy"
          decoding="async"
          src={cover.mediumUrl}
          onError={(event) => (event.currentTarget.hidden = true)}
        />
      )}
    </span>
  );
}
