import { useRef, useState } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { execute } from '../api/execute.ts';
import { say } from '../ui/say.ts';
import { modelTexts } from '../words/models.ts';
import { UploadPictureDocument } from './documents.ts';

interface PictureUploads {
  /** Sends the files one after the other, in this order. */
  add: (files: readonly File[]) => void;
  /** How many are on the way. */
  left: number;
  /** What did not come in, each with its reason. */
  failures: readonly string[];
}

/** Gives a model further pictures; `onAdded` is called after each. */
export function usePictureUploads(sha256: string, onAdded: () => Promise<unknown>): PictureUploads {
  const [left, setLeft] = useState(0);
  const [failures, setFailures] = useState<readonly string[]>([]);
  const queue = useRef(Promise.resolve());
  const fail = (name: string, message: string) => setFailures((known) => [...known, `${name}: ${message}`]);

  /** Returns whether the picture is there now. */
  async function send(image: File): Promise<boolean> {
    try {
      const { result } = await execute(UploadPictureDocument, { sha256, image });
      if ('message' in result) {
        fail(image.name, result.message);
        return false;
      }
      await onAdded();
      return true;
    } catch (error) {
      fail(image.name, describeFailure(error));
      return false;
    } finally {
      setLeft((count) => count - 1);
    }
  }

  async function sendAll(files: readonly File[]): Promise<void> {
    let added = 0;
    // The model has its pictures in the order in which they came.
    for (const file of files) if (await send(file)) added += 1;
    if (added > 0) say(modelTexts.pictures.added(added));
  }

  return {
    left,
    failures,
    add(files) {
      if (files.length === 0) return;
      setFailures([]);
      setLeft((count) => count + files.length);
      queue.current = queue.current.then(() => sendAll(files));
    },
  };
}
