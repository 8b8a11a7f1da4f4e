import { expect, it } from 'vitest';
import { checkDetails } from '../../../src/library/ingest/upload-details.ts';
import { categoryOf } from '../../support/catalogued-files.ts';

const photos = categoryOf({ key: 'photos' });
const mediaConfig = {
  current: () => ({ categories: [photos], defaultCategory: photos }) as never,
  findCategory: (key: string) => (key === 'photos' ? photos : undefined),
};

it('takes the empty fields of a form for left out', () => {
  const empty = { category: '', title: '', description: '', uploadedBy: '' };
  const leftOut = checkDetails(mediaConfig, {});
  expect(leftOut).toMatchObject({ category: photos, title: null, description: null, uploadedBy: null });
  expect(checkDetails(mediaConfig, empty)).toEqual(leftOut);
});

it('refuses a title of blanks, and a category that there is none of', () => {
  expect(() => checkDetails(mediaConfig, { title: ' ' })).toThrow('A title has 1 to 500 characters');
  expect(() => checkDetails(mediaConfig, { category: 'films' })).toThrow('films');
});
