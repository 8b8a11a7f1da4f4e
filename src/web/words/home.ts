import { number } from './format.ts';

const kinds: Record<string, string> = {
  BULK: 'Items are being changed',
  HASH: 'Checksums are being calculated',
  IMAGE_PROXY: 'Image proxies are being made',
  LEGACY_MIGRATION: 'The earlier application is being taken over',
  SCAN: 'The disk is being scanned',
};

/** What stands above the whole library. */
export const homeTexts = {
  label: 'What goes on',
  held: 'A scan holds back what it found, until somebody has looked at it.',
  offline: (label: string) => `The disk of ${label} is away. Nothing of it is lost.`,
  running: (kind: string, done: number, total: number | null) =>
    `${kinds[kind] ?? 'Work is under way'}: ${total === null ? number(done) : `${number(done)} of ${number(total)}`}`,
} as const;
