import { isRaster } from './copyparty-thumbnails.ts';
import { discard, type Copyparty } from './copyparty.ts';
import { readFileAnswer } from './file-answer.ts';
import { asFolder, listFolder, type CopypartyListing } from './list-folder.ts';
import { mediaTypeOf } from './read-body.ts';

/** The result of one check, and what to do where it is not as it should be. */
export interface ProbeFinding {
  state: 'ok' | 'warning' | 'fault';
  text: string;
}

type Upstream = Pick<Copyparty, 'get'>;

interface Folder {
  folderPath: string;
  listing: CopypartyListing;
}

interface Sample {
  /** Ends with a slash. */
  folderPath: string;
  filePath: string;
}

/** Tries ranges, thumbnails and archives on the first files in these folders; a feature without a file for it is left out. */
export async function tryFeatures(
  copyparty: Upstream,
  folders: readonly Folder[],
  signal: AbortSignal,
): Promise<ProbeFinding[]> {
  const found = await Promise.all(folders.map((folder) => findSample(copyparty, folder, signal)));
  const samples = found.filter((sample) => sample !== null);
  const picture = samples.find(({ filePath }) => /\.(?:jpe?g|png|webp)$/i.test(filePath));
  const [first] = samples;
  const trials: Promise<ProbeFinding>[] = [];
  if (first) trials.push(toFinding(hasRanges(copyparty, first, signal), ranges));
  if (picture) trials.push(toFinding(hasThumbnails(copyparty, picture, signal), thumbnails));
  if (first) trials.push(toFinding(hasArchives(copyparty, first, signal), archives));
  return Promise.all(trials);
}

interface Feature {
  yes: string;
  no: string;
}

const ranges: Feature = {
  yes: 'copyparty sends ranges of files',
  no: 'copyparty does not send ranges of files, so that seeking fails: update it, or set BYTES_FROM=disk',
};
const thumbnails: Feature = {
  yes: 'copyparty makes thumbnails',
  no: 'copyparty makes no thumbnails, so that they are made here: it needs Pillow or FFmpeg for them',
};
const archives: Feature = {
  yes: 'copyparty packs archives',
  no: 'copyparty packs no archives, so that they are packed here: see its option --no-zip',
};

async function toFinding(trial: Promise<boolean>, { yes, no }: Feature): Promise<ProbeFinding> {
  // After any other answer the feature cannot be used.
  const works = await trial.catch(() => false);
  return works ? { state: 'ok', text: yes } : { state: 'warning', text: no };
}

/** The first file in the folder, else the first one in its first subfolder. */
async function findSample(copyparty: Upstream, folder: Folder, signal: AbortSignal): Promise<Sample | null> {
  const sample = toSample(folder);
  const [subfolder] = folder.listing.folders;
  if (sample !== null || subfolder === undefined) return sample;
  const folderPath = asFolder(folder.folderPath) + subfolder;
  return listFolder(copyparty, folderPath, signal).then(
    (listing) => toSample({ folderPath, listing }),
    () => null,
  );
}

function toSample({ folderPath, listing }: Folder): Sample | null {
  const file = listing.files.find(({ sizeBytes }) => sizeBytes > 1);
  return file ? { folderPath: asFolder(folderPath), filePath: asFolder(folderPath) + file.name } : null;
}

async function hasRanges(copyparty: Upstream, { filePath }: Sample, signal: AbortSignal): Promise<boolean> {
  const response = await copyparty.get(filePath, { range: { start: 1, end: 1 }, signal });
  discard(response);
  const { range } = readFileAnswer(filePath, response);
  return response.status === 206 && range?.start === 1 && range.end === 1;
}

async function hasThumbnails(copyparty: Upstream, { filePath }: Sample, signal: AbortSignal): Promise<boolean> {
  const response = await copyparty.get(filePath, { query: { th: 'wf3' }, signal });
  discard(response);
  return response.status === 200 && isRaster(mediaTypeOf(response));
}

async function hasArchives(copyparty: Upstream, { folderPath }: Sample, signal: AbortSignal): Promise<boolean> {
  const response = await copyparty.get(folderPath, { query: { zip: 'utf-8' }, signal });
  discard(response);
  return response.status === 200 && mediaTypeOf(response) === 'application/zip';
}
