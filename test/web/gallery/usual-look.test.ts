import { afterEach, expect, it, vi } from 'vitest';
import { chooseLayout, chooseZoom, usualLayout, usualZoom } from '../../../src/web/gallery/usual-look.ts';

const photos = { mediaType: 'IMAGE', ui: null } as const;
const music = { mediaType: 'AUDIO', ui: null } as const;
const categories = [photos, music, { ...photos, ui: { layout: 'list' } }, undefined];
const usual = () => categories.map((each) => usualLayout(each));

afterEach(() => vi.unstubAllGlobals());

function stubStorage(values: Map<string, string>): void {
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  });
}

it('shows a list as its category wishes, unless somebody chose otherwise', () => {
  const kept = new Map<string, string>();
  stubStorage(kept);
  expect(usual()).toEqual(['grid', 'table', 'table', 'grid']);
  chooseLayout('grid');
  expect(usual()).toEqual(['grid', 'grid', 'grid', 'grid']);
  chooseLayout(null);
  expect(usual()).toEqual(['grid', 'table', 'table', 'grid']);
  chooseZoom(5);
  expect(usualZoom()).toBe(5);
  chooseZoom(3);
  expect(kept.size).toBe(0);
});

it('does without a storage, and with one that holds nonsense', () => {
  expect([usualLayout(photos), usualZoom()]).toEqual(['grid', 3]);
  expect(() => chooseZoom(1)).not.toThrow();
  stubStorage(
    new Map([
      ['zoom', '12'],
      ['layout', 'spiral'],
    ]),
  );
  expect([usualLayout(photos), usualZoom()]).toEqual(['grid', 3]);
  stubStorage(new Map([['zoom', '9']]));
  expect(usualZoom()).toBe(6);
});
