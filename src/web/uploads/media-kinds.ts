import type { MediaKind } from './entry.ts';

// Browsers know few of them. What none of these names is asked about before it is sent; the service decides by the content.
const extensions: Record<MediaKind, string> = {
  IMAGE:
    'jpg jpeg jpe jfif png apng gif webp avif heic heif hif tif tiff bmp jxl jp2 j2k jxr wdp hdp dng cr2 cr3 crw nef nrw arw sr2 srf raf orf rw2 rwl pef dcr kdc mef mos erf iiq 3fr srw x3f psd ico',
  VIDEO:
    'mp4 m4v mov qt mkv mk3d webm avi divx mpg mpeg mpe m1v m2v vob ts mts m2ts m2t wmv asf flv f4v ogv ogm 3gp 3g2 rm rmvb mxf dv',
  AUDIO:
    'mp3 mp2 m4a m4b m4r aac flac wav wave ogg oga opus spx wma aif aiff aifc ape wv mka weba ac3 eac3 dts mid midi mpc ra amr dsf dff',
};

const kinds = new Map(
  (Object.entries(extensions) as [MediaKind, string][]).flatMap(([kind, names]) =>
    names.split(' ').map((name) => [name, kind] as const),
  ),
);

/** Returns what a file is by its name, or else by the type that the browser gives; null where neither says. */
export function kindOf(name: string, type: string): MediaKind | null {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const known = kinds.get(extension);
  if (known !== undefined) return known;
  const family = /^(image|video|audio)\//.exec(type)?.[1]?.toUpperCase();
  return (family as MediaKind | undefined) ?? null;
}

/** Whether systems and programs leave such files beside media: nobody means them when a folder is dropped. */
export function isLitter(path: string): boolean {
  return path.split('/').some((part) => /^(?:\..+|__MACOSX|Thumbs\.db|desktop\.ini|ehthumbs\.db|@eaDir)$/i.test(part));
}
