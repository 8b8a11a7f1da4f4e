import { createMetrics } from '../../src/base/observability/metrics.ts';
import { markdownTable } from './markdown-table.ts';

const prefix = 'mediashelf_';

/** The table of docs/operating.md, read from what `/metrics` answers once everything has happened. */
export async function metricsTable(): Promise<Record<string, string>> {
  const text = await textOfAll();
  const rows = Array.from(text.matchAll(/^# HELP mediashelf_(\w+) (.*)$/gm), ([, name = '', help = '']) => [
    `\`${name}\``,
    typeOf(text, name),
    labelsOf(text, name).join(', '),
    help.replace(/\.$/, ''),
  ]);
  return { metrics: markdownTable([`metric (\`${prefix}…\`)`, 'type', 'labels', 'meaning'], rows) };
}

/** Series appear with their first event: each kind of event happens once. */
async function textOfAll(): Promise<string> {
  const metrics = createMetrics();
  metrics.request({ method: 'GET', route: '/', status: 200, seconds: 1 });
  metrics.bytesOf('/')(1);
  metrics.operation({ name: null, kind: 'query', outcome: 'ok', seconds: 1 });
  metrics.jobEnded({ kind: 'SCAN', status: 'SUCCEEDED', seconds: 1 });
  metrics.upstreamAnswered({ method: 'GET', outcome: 'ok', seconds: 1 });
  metrics.received({ sizeBytes: 1 });
  metrics.watch({
    jobs: () => [{ kind: 'SCAN', isRunning: true, done: 1 }],
    workers: () => ({ threads: 1, busy: 1, queued: 1 }),
    slots: { uploads: { taken: 1 } },
  });
  return metrics.text();
}

function typeOf(text: string, name: string): string {
  return new RegExp(`^# TYPE ${prefix}${name} (\\w+)$`, 'm').exec(text)?.[1] ?? '';
}

/** The labels of the first series; `le` is the bound of a histogram's bucket. */
function labelsOf(text: string, name: string): string[] {
  const [, labels = ''] = new RegExp(`^${prefix}${name}(?:_bucket)?\\{(.*?)\\} `, 'm').exec(text) ?? [];
  return Array.from(labels.matchAll(/(\w+)="/g), ([, label = '']) => label).filter((label) => label !== 'le');
}
