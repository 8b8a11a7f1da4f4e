export type ImageProxyFormat = 'JPEG' | 'PNG';

/** What one kind of vision model wants to be given. */
export interface ImageProxyProfile {
  /** Unique; a part of the names of its proxies. */
  name: string;
  /** Pixels that the shorter side of a larger picture becomes. */
  shorterSide: number;
  /** Never empty. JPEG for what is opaque, PNG for what is not, as far as they are listed; else the first one. */
  formats: readonly ImageProxyFormat[];
  /** The quality of a JPEG, 1 to 100. */
  quality: number;
}

/** Amazon Nova 2 Lite and its like. */
export const novaProfile: ImageProxyProfile = {
  name: 'nova',
  shorterSide: 896,
  formats: ['JPEG', 'PNG'],
  quality: 85,
};
