import { maxPageSize, toPageRequest } from '../../base/paging.ts';
import { MediaItem } from './media-item.schema.ts';
import { builder } from './builder.ts';
import { toConnection } from './to-connection.ts';
import type { PlanEntry, PlanEntryKind } from '../../library/scan/plan/scan-plan.ts';
import type { PlanTotal } from '../../library/scan/sql/plan-totals.ts';
import { ScanJob } from './scan-job.schema.ts';

export const PlanEntryKindType = builder.enumType('ScanPlanEntryKind', {
  description: 'What would be done.',
  values: {
    ADD: { description: 'A new file is catalogued.' },
    UPDATE: { description: 'A changed file is described again, or a missing one comes back.' },
    MOVE: { description: 'An item follows its file to another path.' },
    LOSS: { description: 'An item whose file is gone is marked missing.' },
  } as const,
});

const ScanPlanEntry = builder.objectRef<PlanEntry>('ScanPlanEntry').implement({
  description: 'One change that a scan planned and did not carry out.',
  fields: (t) => ({
    kind: t.expose('kind', { type: PlanEntryKindType, description: 'What would be done.' }),
    category: t.exposeString('category', { description: 'The key of the category whose root holds the file.' }),
    path: t.exposeString('relativePath', { description: 'From that root; of a loss, where the file was.' }),
    fromCategory: t.exposeString('fromCategory', { nullable: true, description: 'Of a move: where the file was.' }),
    fromPath: t.exposeString('fromPath', { nullable: true, description: 'Of a move: where the file was.' }),
    sizeBytes: t.field({
      type: 'SafeInt',
      nullable: true,
      description: "The file's size; null for a loss.",
      resolve: ({ kind, sizeBytes }) => (kind === 'LOSS' ? null : sizeBytes),
    }),
    item: t.field({
      type: MediaItem,
      nullable: true,
      description: 'The item as it is now; null for an addition.',
      resolve: ({ itemId }, _args, { load }) => (itemId === null ? null : load.mediaIfThere(itemId)),
    }),
  }),
});

const ScanPlanTotal = builder.objectRef<PlanTotal>('ScanPlanTotal').implement({
  description: 'How much of one kind a scan planned in one category.',
  fields: (t) => ({
    kind: t.field({
      type: PlanEntryKindType,
      description: 'What would be done.',
      resolve: ({ kind }) => kind as PlanEntryKind,
    }),
    category: t.exposeString('category', { description: 'The key of the category whose root holds the files.' }),
    count: t.exposeInt('count', { description: 'How many changes.' }),
    sizeBytes: t.field({
      type: 'SafeInt',
      nullable: true,
      description: "The files' sizes; null for losses.",
      resolve: ({ kind, sizeBytes }) => (kind === 'LOSS' ? null : sizeBytes),
    }),
  }),
});

builder.objectField(ScanJob, 'appliesKinds', (t) =>
  t.field({
    type: [PlanEntryKindType],
    nullable: true,
    description: 'The kinds of changes of that plan that it carries out; null for all, and where it carries out none.',
    resolve: ({ input: { appliesKinds } }) => appliesKinds ?? null,
  }),
);

builder.objectField(ScanJob, 'plan', (t) =>
  t.connection(
    {
      type: ScanPlanEntry,
      description:
        'What it would do, or holds back: of a dry run and of a HELD scan, in the order in which it would be done. ' +
        `The plans of the newest ten are kept. 50 a page unless told otherwise, at most ${maxPageSize}.`,
      args: {
        kinds: t.arg({ type: [PlanEntryKindType], description: 'Only these; left out: all.' }),
        category: t.arg.string({ description: 'The key of the category that a file is in, or was in before a move.' }),
        search: t.arg.string({
          description: 'Words that a path has, in any order, or phrases in quotation marks; without regard to case and accents.',
        }),
      },
      resolve: async ({ id }, { kinds, category, search, ...page }, { scanner }) => ({
        jobId: id,
        ...toConnection(await scanner.plan(id, kinds ?? null, toPageRequest(page), { category, search })),
      }),
    },
    {
      name: 'ScanPlanConnection',
      fields: (connection) => ({
        totals: connection.field({
          type: [ScanPlanTotal],
          description: 'What all of the plan would do, whatever the arguments of the list leave out.',
          resolve: ({ jobId }, _args, { scanner }) => scanner.planTotals(jobId),
        }),
      }),
    },
    { name: 'ScanPlanEdge' },
  ),
);
