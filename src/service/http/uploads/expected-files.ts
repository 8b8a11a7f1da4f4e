import type { Readable } from 'node:stream';
import { BrokenUploadError } from '../../../base/errors/domain-error.ts';
import { IncomingFile, type OpenedUpload } from '../../schema/incoming-file.ts';

/** The files of one request, passed from the parser that finds them to the resolvers that wait for them. */
export interface ExpectedFiles {
  expect(name: string): IncomingFile;
  /** Called when the parser has found a file. It can go on only when that file has been read. */
  arrive(name: string, upload: OpenedUpload): void;
  /** Called when the body is over: files that have not arrived by now never will. */
  end(error: BrokenUploadError): void;
}

interface Expected {
  upload: OpenedUpload | undefined;
  opening: Opening | undefined;
}

interface Opening {
  resolve(upload: OpenedUpload): void;
  reject(error: Error): void;
}

/** The time that resolvers have to open a file that has arrived: they make a few queries before. */
const patienceMs = 1_000;

export function createExpectedFiles(): ExpectedFiles {
  const expected = new Map<string, Expected>();
  let ended: BrokenUploadError | undefined;
  let timer: NodeJS.Timeout | undefined;

  return {
    expect(name) {
      const file: Expected = { upload: undefined, opening: undefined };
      expected.set(name, file);
      return new IncomingFile(() => open(file));
    },
    arrive(name, upload) {
      const file = expected.get(name);
      if (file === undefined || file.upload !== undefined) {
        discard(upload.stream);
        return;
      }
      file.upload = upload;
      file.opening?.resolve(upload);
      watchOrder();
    },
    end(error) {
      ended = error;
      clearTimeout(timer);
      for (const { upload, opening } of expected.values()) if (upload === undefined) opening?.reject(error);
    },
  };

  function open(file: Expected): Promise<OpenedUpload> {
    if (file.opening)
      return Promise.reject(new BrokenUploadError('One file of a request can stand in one place only.'));
    return new Promise((resolve, reject) => {
      file.opening = { resolve, reject };
      if (file.upload) resolve(file.upload);
      else if (ended) reject(ended);
      watchOrder();
    });
  }

  /**
   * Rejects the waiting files where one that nobody reads keeps them from arriving: their resolvers would wait for
   * ever.
   */
  function watchOrder(): void {
    clearTimeout(timer);
    const isBlocked = [...expected.values()].some(({ upload, opening }) => upload && !opening);
    const waiting = [...expected.values()].filter(({ upload, opening }) => !upload && opening);
    if (!isBlocked || waiting.length === 0) return;
    timer = setTimeout(() => {
      const error = new BrokenUploadError('Send the files in the order in which the operation uses them.');
      for (const { opening } of waiting) opening?.reject(error);
    }, patienceMs);
  }
}

/** Reads away a file that nobody asked for, or the parser would wait for it. */
function discard(stream: Readable): void {
  stream.once('error', () => undefined).resume();
}
