import { expect, it } from 'vitest';
import { addRow, completeMappings, takeMapping } from '../../../src/web/migration/mapping-rows.ts';

it('takes a mapping into the first empty row, else behind all, and sends those that are complete', () => {
  const empty = addRow([]);
  const mapping = { from: 'D:\\models', to: '/srv/models' };
  const taken = takeMapping(empty, mapping);
  expect(taken).toEqual([{ id: 1, ...mapping }]);
  const more = takeMapping(taken, { from: 'E:\\', to: ' /e ' });
  expect(more.map(({ id }) => id)).toEqual([1, 2]);
  expect(completeMappings(addRow(more, { from: 'F:\\', to: '' }))).toEqual([mapping, { from: 'E:\\', to: '/e' }]);
});
