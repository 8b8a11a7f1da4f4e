// npx tsx scripts/bundle.ts, as a part of the build: makes dist/bundle.
import { fileURLToPath } from 'node:url';
import { bundleService } from './bundle-service.ts';

await bundleService(fileURLToPath(new URL('..', import.meta.url)));
