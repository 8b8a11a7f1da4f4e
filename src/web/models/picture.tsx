import { modelTexts } from '../words/models.ts';
import styles from './models.module.css';

interface ModelPicture {
  seq: number;
  low: string;
  medium: string;
  high: string;
}

interface PictureProps {
  picture: ModelPicture | undefined;
  alt: string;
  /** How wide it is shown, for the browser to choose one of the three sizes. */
  sizes: string;
  className?: string | undefined;
}

/**
 * A picture of a model in the size that the screen needs. How wide each is depends on the configuration; low, medium and
 * high are to one another as 1 to 2 to 3, which is all that the choice needs.
 */
export function Picture({ alt, className, picture, sizes }: PictureProps) {
  if (picture === undefined) return <span className={styles.blank}>{modelTexts.noPicture}</span>;
  const { high, low, medium } = picture;
  return (
    <img
      className={className}
      alt={alt}
      loading="lazy"
      decoding="async"
      draggable={false}
      src={medium}
      srcSet={`${low} 480w, ${medium} 960w, ${high} 1440w`}
      sizes={sizes}
    />
  );
}
