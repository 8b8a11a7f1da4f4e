import { createRequire } from 'node:module';

/** The version in package.json, from src/ and from dist/ alike. */
export const version = (createRequire(import.meta.url)('../../package.json') as { version: string }).version;
