import { expect, it } from 'vitest';
import { toUnreadable } from '../../../src/base/pictures/picture-errors.ts';

it.each([
  ['Unknown error', 'it is damaged, or not built as its format demands.'],
  ['Unknown error.', 'it is damaged, or not built as its format demands.'],
  ['', 'it is damaged, or not built as its format demands.'],
  ["ImproperImageHeader `' @ error/bmp.c/ReadBMPImage/712", 'ImproperImageHeader.'],
  ['first\n/proc/self/fd/17: bad seek to 9\n', 'the file: bad seek to 9.'],
])('what a decoder says as %j is a reason that a person can read', (message, reason) => {
  const error = toUnreadable(new Error(message));
  expect(error.reason).toBe(reason);
  expect(error.message).toBe(`The image cannot be read: ${reason}`);
});
