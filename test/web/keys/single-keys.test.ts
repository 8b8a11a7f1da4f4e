import { expect, it } from 'vitest';
import { isSingleKey } from '../../../src/web/keys/single-keys.ts';

const press = (key: string, held: Partial<KeyboardEvent> = {}) =>
  isSingleKey({ altKey: false, ctrlKey: false, metaKey: false, key, ...held } as KeyboardEvent);

it('takes letters, figures and signs for single keys, also with Shift, and nothing else', () => {
  expect(['g', 'M', '?', '/', '+', '5', 'ä'].map((key) => press(key))).toEqual(Array(7).fill(true));
  expect([' ', 'Enter', 'Escape', 'ArrowLeft', 'Delete'].map((key) => press(key))).toEqual(Array(5).fill(false));
  expect([press('a', { ctrlKey: true }), press('k', { metaKey: true }), press('x', { altKey: true })]).toEqual(
    Array(3).fill(false),
  );
});
