import { describeFailure } from '../api/describe-failure.ts';
import { execute } from '../api/execute.ts';
import { say, toastManager } from '../ui/say.ts';
import { batchTexts } from '../words/batch.ts';
import { RewordDocument } from './documents.ts';

export interface Rewording {
  id: string;
  title?: string;
  description?: string;
}

const atOnce = 4;

/**
 * Gives each item its own words, some at once, and shows how far it is in a toast that stops it; then what came of it, with an undo
 * that gives back those before. `before` are the same items.
 */
export async function reword(
  changes: readonly Rewording[],
  before: readonly Rewording[] | null,
  onEnd: () => void,
): Promise<void> {
  const { words } = batchTexts;
  let [next, done, isStopped] = [0, 0, false];
  const failures: string[] = [];
  const toast = toastManager.add({
    title: words.running(0, changes.length),
    timeout: 0,
    actionProps: { children: words.stop, onClick: () => (isStopped = true) },
  });
  const work = async () => {
    while (!isStopped && next < changes.length) {
      const input = changes[next++];
      if (input === undefined) return;
      try {
        const { result } = await execute(RewordDocument, { input });
        if ('message' in result) failures.push(result.message);
        else done++;
      } catch (error) {
        failures.push(describeFailure(error));
      }
      toastManager.update(toast, { title: words.running(done + failures.length, changes.length) });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  toastManager.close(toast);
  const undone = before?.slice(0, next);
  say(
    words.done(done),
    undone && done > 0 ? { label: words.undo, run: () => void reword(undone, null, onEnd) } : undefined,
  );
  if (failures.length > 0) say(words.failed(failures.length, failures[0] ?? ''));
  onEnd();
}
