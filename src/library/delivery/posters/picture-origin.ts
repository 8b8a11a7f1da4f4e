import type { PictureSize } from './picture-size.ts';

/** Something that a picture can be made of. Knowing of it is cheap; rendering it need not be. */
export interface PictureOrigin {
  /** Where it comes from: the same for all that it will ever hold. */
  place: string;
  /** Which content: another one makes another picture. */
  fingerprint: string;
  /** Whether the version in the item's URLs changes with it. A file beside the item changes unnoticed. */
  isVersioned: boolean;
  /** A WebP; null where it holds no picture that can be shown. */
  render(size: PictureSize, signal: AbortSignal): Promise<Buffer | null>;
}
