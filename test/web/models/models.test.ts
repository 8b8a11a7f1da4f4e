import { expect, it } from 'vitest';
import { effectsOf, strategies, type Side } from '../../../src/web/models/conflict-effects.ts';
import { changesOf } from '../../../src/web/models/model-changes.ts';
import { countModelFilters, readModelsView, toModelsQuery } from '../../../src/web/models/models-view.ts';
import { inOrder, moveTo } from '../../../src/web/models/picture-order.ts';

it('reads of an address what makes sense, and asks the service for it', () => {
  const view = readModelsView({ q: 'flux', kind: 'lora', tags: ['3', '1', '3', 'x', '-1', '1e99'], order: 'NAME:ASC' });
  expect(view).toEqual({ q: 'flux', kind: 'lora', tags: [3, 1], order: 'NAME:ASC' });
  expect(toModelsQuery(view)).toEqual({
    search: 'flux',
    type: 'lora',
    tagIds: [3, 1],
    orderBy: { field: 'NAME', direction: 'ASC' },
  });
  expect(countModelFilters(view)).toBe(4);
  expect(readModelsView({ q: ' ', kind: 7, tags: {}, order: 'PATH:ASC' })).toEqual({});
  expect(toModelsQuery({})).toEqual({
    search: null,
    type: null,
    tagIds: null,
    orderBy: { field: 'CREATED_AT', direction: 'DESC' },
  });
});

it('sends of a form only what was changed, tags one by one', () => {
  const before = { name: 'Flux', type: 'lora', description: '', tags: 'a, b' };
  expect(changesOf(before, { ...before })).toEqual({});
  expect(changesOf(before, { name: ' Flux 2 ', type: '', description: 'x', tags: 'b, c,, c' })).toEqual({
    name: 'Flux 2',
    type: null,
    description: 'x',
    addTags: ['c'],
    removeTags: ['a'],
  });
});

it('moves a picture to another place, and keeps those that came meanwhile', () => {
  expect(moveTo([1, 2, 3], 3, 0)).toEqual([3, 1, 2]);
  expect(moveTo([1, 2, 3], 1, 1)).toEqual([2, 1, 3]);
  expect([moveTo([1, 2], 1, 0), moveTo([1, 2], 1, 2), moveTo([1, 2], 9, 0), moveTo([1, 2], 1, -1)]).toEqual(
    Array(4).fill(null),
  );
  const pictures = [{ seq: 1 }, { seq: 2 }, { seq: 4 }];
  expect(inOrder(pictures, [2, 1]).map(({ seq }) => seq)).toEqual([2, 1, 4]);
  expect(inOrder(pictures, null)).toBe(pictures);
});

it('says what each strategy does to these two records', () => {
  const pending: Side = { name: 'A', type: 'vae', tags: ['x', 'y'], pictureCount: 2 };
  const model: Side = { name: 'B', type: null, tags: ['y'], pictureCount: 0 };
  const said = Object.fromEntries(
    strategies.map((strategy) => [strategy, effectsOf(strategy, pending, model).join(' ')]),
  );
  expect(said.DELETE).toContain('1 tag that the model has not and 2 pictures');
  expect(said.MERGE).toContain('the tag x.');
  expect(said.MERGE).toContain('2 pictures');
  expect(said.MERGE).not.toContain('becomes');
  expect(said.OVERRIDE).toContain('The name “B” becomes “A”. The type none becomes “vae”.');
  expect(said.REPORT).toContain('Both stay');
  expect(said.IGNORE).toContain('remembers its hash');
  const same = effectsOf('OVERRIDE', model, model).join(' ');
  expect(same).toContain('has all its tags already');
  expect(same).not.toContain('“');
});
