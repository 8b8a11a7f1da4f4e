import { statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { signatureOf } from '../../../../src/library/metadata/signature.ts';
import { createBatchWriter, decodeBatch, type EncodedBatch } from '../../../../src/library/scan/walk/walk-batch.ts';
import { walkError } from '../../../../src/library/scan/walk/walk-failure.ts';
import { plant } from './walked-tree.ts';

test('What was written comes out as it was, also after a journey between threads', () => {
  const root = plant('a');
  utimesSync(join(root, 'a'), 1.5, 1_700_000_000.125);
  const stats = statSync(join(root, 'a'), { bigint: true });
  const error = walkError('b\n', 'file', 'BROKEN_SYMLINK', 'It leads nowhere.');
  const batches: EncodedBatch[] = [];
  const writer = createBatchWriter((batch) => batches.push(structuredClone(batch)));
  const paths = ['a', 'line\nbreak', '🎬/é'];
  for (const path of paths) writer.addFile(path, stats);
  writer.addError(error);
  writer.addUnchangedFolder('c/');
  writer.addFolder('d/', 'signature');
  writer.addFolder('', null);
  expect(batches).toEqual([]);
  writer.flush();

  expect(batches.map(decodeBatch)).toEqual([
    {
      files: paths.map((relativePath) => ({
        relativePath,
        sizeBytes: 0,
        modifiedAtMs: 1_700_000_000_125,
        signature: signatureOf(relativePath, 0, stats.mtimeNs),
      })),
      errors: [error],
      folders: {
        unchanged: ['c/'],
        lookedAt: [
          ['d/', 'signature'],
          ['', null],
        ],
      },
    },
  ]);
});

test('A batch of errors alone has no files', () => {
  const batches: EncodedBatch[] = [];
  const writer = createBatchWriter((batch) => batches.push(batch));
  writer.addError(walkError('', 'folder', 'UNREADABLE_FOLDER', 'It cannot be read.'));
  writer.flush();
  writer.flush();
  expect(batches.map(decodeBatch)).toMatchObject([{ files: [], errors: [{ path: '.' }] }]);
});

test('A batch leaves at a thousand entries, errors among them', () => {
  const stats = statSync(plant(), { bigint: true });
  const sizes: number[] = [];
  const writer = createBatchWriter(({ sizesBytes, errors }) => sizes.push(sizesBytes.length + errors.length));
  for (let index = 0; index < 2_500; index++) {
    if (index % 10 === 0) writer.addError(walkError('x', 'file', 'BROKEN_SYMLINK', 'It leads nowhere.'));
    else writer.addFile(`${index}`, stats);
  }
  writer.flush();
  expect(sizes).toEqual([1_000, 1_000, 500]);
});
