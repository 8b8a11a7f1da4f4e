export type ImageProxyFormat = 'JPEG' | 'PNG';

/** The images that one kind of vision model expects. */
export interface ImageProxyProfile {
  /** Unique; a part of the file names of its image proxies. */
  name: string;
  /** Length in pixels that the shorter side of a larger picture is reduced to. */
  shorterSide: number;
  /** Never empty. Opaque pictures become JPEG, others PNG, as far as these are listed; else the first format serves. */
  formats: readonly ImageProxyFormat[];
  /** Quality of JPEG, 1 to 100. */
  quality: number;
}

/** The built-in profile, for Amazon Nova 2 Lite and its like. */
export const novaProfile: ImageProxyProfile = {
  name: 'nova',
  shorterSide: 896,
  formats: ['JPEG', 'PNG'],
  quality: 85,
};
