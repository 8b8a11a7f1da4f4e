import { InvalidArgumentError, Option, type Command } from 'commander';
import { count } from '../base/count.ts';
import { formatBytes } from '../base/format-bytes.ts';
import type { ConflictStrategy } from '../library/hashing/pending-records.ts';
import type { HashReport } from '../library/hashing/run-hash-job.ts';
import { parseLimit } from './parse-limit.ts';
import { requestedBy, runJobCommand } from './run-job-command.ts';

interface HashOptions {
  onConflict: ConflictStrategy;
  pendingOnly: boolean;
  limit?: number;
  json: boolean;
}

const strategies = ['REPORT', 'IGNORE', 'DELETE', 'MERGE', 'OVERRIDE'];

export function addHashCommand(program: Command): void {
  program
    .command('hash')
    .description('compute the SHA-256 of pending model records, which completes them, and of media items without one')
    .option('--pending-only', 'leave media items alone', false)
    .addOption(
      new Option('--on-conflict <strategy>', 'for a pending record whose hash a model record has already')
        .choices(strategies)
        .argParser((text) => {
          const strategy = text.toUpperCase();
          if (!strategies.includes(strategy)) throw new InvalidArgumentError(`It is one of ${strategies.join(', ')}.`);
          return strategy;
        })
        .default('REPORT'),
    )
    .option('--limit <n>', 'stop after so many files', parseLimit)
    .option('--json', 'print the report as JSON', false)
    .action(({ onConflict, pendingOnly, limit, json }: HashOptions) =>
      runJobCommand({
        phase: 'Hashing',
        json,
        start: ({ hashing }) =>
          hashing.start({
            conflictStrategy: onConflict,
            includesMedia: !pendingOnly,
            limit: limit ?? null,
            requestedBy,
          }),
        describe: describeReport,
      }),
    );
}

export function describeReport({ total, hashed, bytesHashed, ...report }: HashReport): string {
  const parts = [
    `${count(report.migrated, 'record')} completed`,
    count(report.conflicts, 'conflict'),
    `${count(report.missing, 'file')} missing`,
    count(report.errors, 'error'),
  ];
  return `${hashed} of ${count(total, 'file')} hashed, ${formatBytes(bytesHashed)}\n${parts.join(', ')}\n`;
}
