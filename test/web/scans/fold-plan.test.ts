import { expect, it } from 'vitest';
import { foldPlan } from '../../../src/web/scans/fold-plan.ts';

const move = (fromPath: string, path: string) => ({ kind: 'MOVE', category: 'a', fromCategory: 'a', fromPath, path });
const add = (path: string, category = 'a') => ({ kind: 'ADD', category, path, fromCategory: null, fromPath: null });

const shown = (entries: Parameters<typeof foldPlan>[0]) =>
  foldPlan(entries).map(({ entries: folded, folder, fromFolder, isRenamed }) => [
    fromFolder,
    folder,
    folded.length,
    ...(isRenamed ? ['renamed'] : []),
  ]);

it('a folder that was moved is one group, with the folders in it', () => {
  expect(
    shown([
      move('2023/a.jpg', 'Archive/2023/a.jpg'),
      move('2023/Rome/b.jpg', 'Archive/2023/Rome/b.jpg'),
      move('2023/Rome/c.jpg', 'Archive/2023/Rome/c.jpg'),
    ]),
  ).toEqual([['2023', 'Archive/2023', 3]]);
});

it('a folder that was renamed is one group, as deep as all of its files lie', () => {
  expect(shown([move('old/x/1.jpg', 'new/x/1.jpg'), move('old/x/y/2.jpg', 'new/x/y/2.jpg')])).toEqual([
    ['old/x', 'new/x', 2],
  ]);
});

it('files of the top folder, and files with other names, are groups of their own', () => {
  expect(
    shown([
      move('a.jpg', 'sub/a.jpg'),
      move('in/a.jpg', 'in/b.jpg'),
      move('b.jpg', 'sub/b.jpg'),
      move('in/c.jpg', 'in/d.jpg'),
    ]),
  ).toEqual([
    ['', 'sub', 2],
    ['in', 'in', 2, 'renamed'],
  ]);
});

it('other changes are folded by folder and category', () => {
  expect(shown([add('x/1.jpg'), add('x/y/2.jpg'), add('x/3.jpg'), add('x/4.jpg', 'b'), add('5.jpg')])).toEqual([
    [null, 'x', 2],
    [null, 'x/y', 1],
    [null, 'x', 1],
    [null, '', 1],
  ]);
});

it('every change is in one group, whatever its path', () => {
  const odd = [move('/a', 'a/'), move('', 'x'), move('a', 'a'), add(''), add('//'), move('["x"]/a', '["x"]/b')];
  expect(foldPlan(odd).flatMap(({ entries }) => entries)).toHaveLength(odd.length);
  expect(foldPlan([])).toEqual([]);
});
