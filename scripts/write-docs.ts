// Writes the tables of docs/*.md that the code knows: settings, limits, metrics.
import { writeFileSync } from 'node:fs';
import { fillDocuments } from './docs/fill-documents.ts';

for (const { path, current, filled } of await fillDocuments('.')) {
  if (filled !== current) writeFileSync(path, filled);
}
