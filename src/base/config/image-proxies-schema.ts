import { z } from 'zod';
import { novaProfile, type ImageProxyFormat, type ImageProxyProfile } from './image-proxy-profile.ts';

// Every message is the "expected …" of a fault.
const nameRule = 'a name of lower case letters, digits and - (at most 32): it is a part of file names';
const sideRule = 'a whole number of pixels from 1 to 16384';
const qualityRule = 'a whole number from 1 to 100';

const profileSchema = z.object(
  {
    name: z.string(nameRule).regex(/^[a-z0-9][a-z0-9-]{0,31}$/, nameRule),
    shorter_side: z.int(sideRule).min(1, sideRule).max(16_384, sideRule),
    formats: z
      .array(
        z.enum(['jpeg', 'png'], 'jpeg or png').transform((format) => format.toUpperCase() as ImageProxyFormat),
        'a list of formats',
      )
      .min(1, 'at least one format; without the key, JPEG and PNG serve')
      .nullish(),
    quality: z.int(qualityRule).min(1, qualityRule).max(100, qualityRule).nullish(),
  },
  'a mapping with name and shorter_side',
);

/** The shape of `image_proxies:` in `watch_media_dirs.yml`: the images that models other than Nova expect. */
export const imageProxiesSchema = z
  .array(profileSchema, 'a list of profiles')
  .refine((profiles) => new Set(profiles.map(({ name }) => name)).size === profiles.length, 'names that all differ')
  .nullish();

/** The profiles of a valid file; the built-in one comes first, unless the file has its own of that name. */
export function buildImageProxyProfiles(raw: z.output<typeof imageProxiesSchema>): ImageProxyProfile[] {
  const configured = (raw ?? []).map(({ name, shorter_side: shorterSide, formats, quality }) => ({
    name,
    shorterSide,
    formats: formats ?? novaProfile.formats,
    quality: quality ?? novaProfile.quality,
  }));
  const hasOwnNova = configured.some(({ name }) => name === novaProfile.name);
  return hasOwnNova ? configured : [novaProfile, ...configured];
}
