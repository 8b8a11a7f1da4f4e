import type { Upload } from 'graphql-upload-minimal';
import { BrokenUploadError } from '../../../base/errors/domain-error.ts';
import { IncomingFile, type OpenedUpload } from '../../schema/incoming-file.ts';
import { MultipartError } from './multipart-fields.ts';

/** The files of one request, passed from the parser that finds them to the resolvers that wait for them. */
export interface ExpectedFiles {
  expect(): IncomingFile;
  /** Called once, with an upload for each file in the order in which they were expected. */
  receive(uploads: readonly Upload[]): void;
}

interface Expected {
  upload: Upload | undefined;
  /** Ends the waiting of the resolver that has opened the file. */
  refuse: ((error: BrokenUploadError) => void) | undefined;
}

/** The time that resolvers have to open a file that has arrived: they make a few queries before. */
const patienceMs = 1_000;

export function createExpectedFiles(): ExpectedFiles {
  const expected: Expected[] = [];
  let timer: NodeJS.Timeout | undefined;

  return {
    expect() {
      const file: Expected = { upload: undefined, refuse: undefined };
      expected.push(file);
      return new IncomingFile(() => open(file));
    },
    receive(uploads) {
      for (const [place, upload] of uploads.entries()) {
        expected[place]!.upload = upload;
        // What never arrives is the concern of whoever opens it.
        upload.promise.then(watchOrder, () => clearTimeout(timer));
      }
    },
  };

  function open(file: Expected): Promise<OpenedUpload> {
    if (file.refuse) return Promise.reject(new BrokenUploadError('One file of a request can stand in one place only.'));
    return new Promise((resolve, reject) => {
      file.refuse = reject;
      streamOf(file.upload!).then(resolve, reject);
      watchOrder();
    });
  }

  /**
   * Rejects the waiting files where one that nobody reads keeps them from arriving: their resolvers would wait for
   * ever.
   */
  function watchOrder(): void {
    clearTimeout(timer);
    const isBlocked = expected.some(({ upload, refuse }) => upload?.file && !refuse);
    const waiting = expected.filter(({ upload, refuse }) => !upload?.file && refuse);
    if (!isBlocked || waiting.length === 0) return;
    timer = setTimeout(() => {
      const error = new BrokenUploadError('Send the files in the order in which the operation uses them.');
      for (const { refuse } of waiting) refuse?.(error);
    }, patienceMs);
  }
}

async function streamOf(upload: Upload): Promise<OpenedUpload> {
  const file = await upload.promise.catch((cause: unknown) => {
    const isMissing = !(cause instanceof MultipartError);
    throw new BrokenUploadError(isMissing ? 'The map names a file that is not in the request.' : cause.message, {
      cause,
    });
  });
  try {
    return { filename: file.filename ?? '', stream: file.createReadStream() };
  } catch (cause) {
    throw new BrokenUploadError('The file broke off before its end. Nothing of it was kept.', { cause });
  }
}
