import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createApiTokens } from '../../../src/service/access/api-tokens.ts';
import { decodePublicId } from '../../../src/base/public-id.ts';
import { schema } from '../../../src/service/schema/schema.ts';
import { someId, toSelection } from '../../support/schema-operations.ts';
import { openTestService, type TestService } from '../../support/test-service.ts';

type Needed = 'nobody' | 'viewer' | 'editor' | 'admin';

/** Who may do what: a field that is not here fails the test. */
const rootFields: Record<string, Needed> = {
  'Query.apiTokens': 'admin',
  'Query.archiveUrl': 'viewer',
  'Query.categories': 'viewer',
  'Query.category': 'viewer',
  'Query.existingUploads': 'editor',
  'Query.duplicateGroups': 'viewer',
  'Query.folderArchiveUrl': 'viewer',
  'Query.folders': 'viewer',
  'Query.imageProxyProfiles': 'viewer',
  'Query.group': 'viewer',
  'Query.groups': 'viewer',
  'Query.imageProxySummary': 'viewer',
  'Query.job': 'viewer',
  'Query.jobs': 'viewer',
  'Query.legacyPreview': 'admin',
  'Query.legacySources': 'admin',
  'Query.media': 'viewer',
  'Query.mediaFacets': 'viewer',
  'Query.mediaConfig': 'admin',
  'Query.mediaItem': 'viewer',
  'Query.mediaPlace': 'viewer',
  'Query.mediaTags': 'viewer',
  'Query.mediaTimeline': 'viewer',
  'Query.model': 'viewer',
  'Query.modelTypes': 'viewer',
  'Query.models': 'viewer',
  'Query.node': 'viewer',
  'Query.nodes': 'viewer',
  'Query.pendingImports': 'viewer',
  'Query.scanInfo': 'viewer',
  'Query.selectedMediaCount': 'viewer',
  'Query.serviceStatus': 'viewer',
  'Query.tags': 'viewer',
  'Query.viewer': 'nobody',
  'Mutation.calculateSha256': 'admin',
  'Mutation.createApiToken': 'admin',
  'Mutation.revokeApiToken': 'admin',
  // An editor may with jobs over many items that he started himself.
  'Mutation.cancelJob': 'admin',
  'Mutation.createImageProxies': 'editor',
  'Mutation.createImageProxy': 'editor',
  'Mutation.applyScanPlan': 'admin',
  // For good; `soft` is for editors.
  'Mutation.deleteMedia': 'admin',
  'Mutation.deleteMediaMany': 'admin',
  'Mutation.hashMedia': 'editor',
  'Mutation.hashPendingModels': 'admin',
  'Mutation.migrateLegacyDatabase': 'admin',
  'Mutation.prepareArchive': 'viewer',
  'Mutation.prepareForAnalysis': 'editor',
  'Mutation.reloadMediaConfig': 'admin',
  'Mutation.restoreMedia': 'editor',
  'Mutation.purgeMedia': 'admin',
  // As `cancelJob`.
  'Mutation.retryJob': 'admin',
  'Mutation.scanMedia': 'admin',
  'Mutation.hideMediaMany': 'editor',
  'Mutation.restoreMediaMany': 'editor',
  'Mutation.undoBulkJob': 'editor',
  'Mutation.updateMediaMany': 'editor',
  'Mutation.updateMedia': 'editor',
  'Mutation.orderModelImages': 'editor',
  'Mutation.removeModelImage': 'editor',
  'Mutation.updateModel': 'editor',
  'Mutation.uploadMedia': 'editor',
  'Mutation.uploadModelImage': 'editor',
  'Subscription.jobProgress': 'viewer',
  'Subscription.jobsChanged': 'viewer',
  'Subscription.mediaChanged': 'viewer',
  'Subscription.migrationProgress': 'viewer',
  'Subscription.scanProgress': 'viewer',
};

/** Those that tell of places on the service's machine; all other fields of an object are for whoever may see it. */
const restrictedFields = {
  'Category.rootPath': '{ categories { rootPath } }',
  'ScanDirectory.rootPath': '{ scanInfo { directories { rootPath } } }',
  'CategoryScanSummary.rootPath': '{ scanInfo { lastScan { categories { rootPath } } } }',
  'Model.path': '{ models { edges { node { path } } } }',
  'Model.legacyPath (of a pending import)': '{ pendingImports { edges { node { path legacyPath } } } }',
};

/** Each with what it may do; the last three with a token that is worth nothing, which is told before any field. */
const callers: Record<string, Needed[]> = {
  anonymous: ['nobody'],
  viewer: ['nobody', 'viewer'],
  editor: ['nobody', 'viewer', 'editor'],
  admin: ['nobody', 'viewer', 'editor', 'admin'],
  expired: [],
  revoked: [],
  unknown: [],
};

let service: TestService;
const headersOf: Record<string, Record<string, string>> = { anonymous: {} };

beforeAll(async () => {
  service = await openTestService({ environment: { WRONG_TOKENS_PER_MINUTE: '1000' } });
  const { database, jobs, scanner } = service.app;
  const record = { path: '/srv/a', legacyPath: 'C:\\a', createdAt: new Date(), meta: {}, searchText: 'a' };
  await database.prisma.model.create({ data: { ...record, sha256: 'a'.repeat(64) } });
  await database.prisma.pendingImport.create({ data: { ...record, id: 1, stem: 'a' } });
  await jobs.waitFor((await scanner.start({})).id);
  const tokens = createApiTokens(database);
  const make = async (name: string, role: 'VIEWER' | 'EDITOR' | 'ADMIN', expiresAt: Date | null = null) => {
    const { token } = await tokens.create({ name, role, expiresAt });
    headersOf[name] = { authorization: `Bearer ${token}` };
  };
  await Promise.all([make('viewer', 'VIEWER'), make('editor', 'EDITOR'), make('admin', 'ADMIN')]);
  await make('expired', 'ADMIN', new Date(0));
  await make('revoked', 'ADMIN');
  await tokens.revoke('revoked');
  headersOf['unknown'] = { authorization: `Bearer msf_${'0'.repeat(12)}_${'x'.repeat(43)}` };
  // Whether there are tokens is looked up once a second.
  await vi.waitUntil(async () => !(await service.app.access.isOpen()), { timeout: 60_000 });
});
afterAll(() => service.close());

async function codesOf(caller: string, query: string): Promise<unknown[]> {
  const { body } = await service.post({ query }, { ...headersOf[caller], accept: 'application/json' });
  return (body.errors ?? []).map(({ extensions }) => extensions?.['code']);
}

describe('access', () => {
  const fields = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {}).map((field) => ({ name: `${type?.name}.${field.name}`, type, field })),
  );

  // A file has to be sent for the others.
  const operations = fields.filter(({ name }) => !/^Subscription|\.upload/.test(name));

  it('is decided for every operation', () => {
    expect(Object.keys(rootFields).toSorted()).toEqual(fields.map(({ name }) => name).toSorted());
  });

  it.each(operations.map(({ name, field }) => [name, field] as const))(
    'to %s is given by role',
    async (name, field) => {
      const operation = name.startsWith('Mutation') ? 'mutation' : 'query';
      const refusals: Record<string, unknown> = {};
      for (const caller of Object.keys(callers)) {
        refusals[caller] = refusalIn(await codesOf(caller, `${operation} { ${toSelection(field)} }`));
      }
      expect(refusals).toEqual(expectedRefusals(name));
    },
  );

  it.each([`jobProgress(jobId: "${someId}")`, 'scanProgress'])('to %s is given by role', async (field) => {
    const refusals: Record<string, unknown> = {};
    for (const caller of Object.keys(callers)) {
      const response = await fetch(service.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headersOf[caller] },
        body: JSON.stringify({ query: `subscription { ${field} { id } }` }),
      });
      const reader = response.body!.getReader();
      const { value } = await reader.read();
      await reader.cancel();
      refusals[caller] = /UNAUTHENTICATED|FORBIDDEN/.exec(Buffer.from(value ?? []).toString())?.[0] ?? null;
    }
    expect(refusals).toEqual(expectedRefusals('Subscription.scanProgress'));
  });

  it.each(['uploadMedia', 'uploadModelImage'])('to Mutation.%s is given by role', async (name) => {
    const input = name === 'uploadMedia' ? '{ file: $file }' : '{ sha256: "x", image: $file }';
    const query = `mutation ($file: Upload!) { ${name}(input: ${input}) { __typename } }`;
    const refusals: Record<string, unknown> = {};
    for (const caller of Object.keys(callers)) {
      const form = new FormData();
      form.append('operations', JSON.stringify({ query, variables: { file: null } }));
      form.append('map', '{"0":["variables.file"]}');
      form.append('0', new Blob(['x']), 'x.mp4');
      const response = await fetch(service.url, { method: 'POST', body: form, headers: headersOf[caller] ?? {} });
      const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
      refusals[caller] = refusalIn((errors ?? []).map(({ extensions }) => extensions.code));
    }
    expect(refusals).toEqual(expectedRefusals(`Mutation.${name}`));
  });

  it('to delete for good is for administrators, and to hide for editors', async () => {
    expect(refusalIn(await tryToDelete('editor', true))).toBeNull();
    expect(refusalIn(await tryToDelete('editor', false))).toBe('FORBIDDEN');
    expect(refusalIn(await tryToDelete('viewer', true))).toBe('FORBIDDEN');
  });

  it.each(Object.entries(restrictedFields))('to %s is for administrators', async (_name, query) => {
    expect(await codesOf('admin', query)).toEqual([]);
    expect(refusalIn(await codesOf('viewer', query))).toBe('FORBIDDEN');
    expect(refusalIn(await codesOf('editor', query))).toBe('FORBIDDEN');
  });

  it.each([
    ['viewer', 'mutation { reloadMediaConfig { __typename } }', 'admin'],
    ['viewer', 'mutation { createImageProxies(input: {}) { __typename } }', 'editor'],
    ['editor', `mutation { deleteMedia(input: { id: "${someId}" }) { __typename } }`, 'admin'],
    ['viewer', `mutation { deleteMedia(input: { id: "${someId}", soft: true }) { __typename } }`, 'editor'],
    ['viewer', '{ categories { rootPath } }', 'admin'],
  ])('is refused to a %s with the role that %s needs', async (caller, query, needed) => {
    const { body } = await service.post({ query }, { ...headersOf[caller], accept: 'application/json' });
    expect(body.errors?.[0]).toMatchObject({
      message: `The role ${caller} may not do this; it needs the role ${needed}.`,
    });
  });

  it.each([
    'scanMedia(input: { dryRun: true })',
    'createImageProxies(input: { dryRun: true })',
    'hashPendingModels(input: { limit: 1 })',
  ])('names its caller to the job that %s starts, and to the one that does it again', async (mutation) => {
    const start = async (field: string) => {
      const query = `mutation { started: ${field} { ... on Job { id requestedBy } } }`;
      const { body } = await service.post({ query }, headersOf['admin']);
      return (body.data as { started: { id: string; requestedBy: string | null } }).started;
    };
    const { id, requestedBy } = await start(mutation);
    expect(requestedBy).toBe('admin');
    const job = internalId(id);
    await service.app.jobs.waitFor(job);
    await service.app.database.prisma.job.update({ where: { id: job }, data: { status: 'FAILED' } });
    const again = await start(`retryJob(id: "${id}")`);
    expect(again.requestedBy).toBe('admin');
    await service.app.jobs.waitFor(internalId(again.id));
  });

  it('to cancel a job and to do it again is for whoever started it too, as far as that was for editors', async () => {
    const start = async (caller: string, field: string) => {
      const query = `mutation { started: ${field} { ... on Job { id requestedBy } } }`;
      const { body } = await service.post({ query }, headersOf[caller]);
      const { id } = (body.data as { started: { id: string } }).started;
      await service.app.jobs.waitFor(internalId(id));
      return id;
    };
    const hide = 'hideMediaMany(selection: { filter: { search: "nothing" } })';
    const own = [
      await start('editor', hide),
      await start('editor', 'hashMedia(selection: { filter: { search: "nothing" } })'),
      await start('editor', 'createImageProxies(input: { dryRun: true })'),
    ];
    for (const id of own) expect(await controlRefusals('editor', id)).toEqual([null, null]);
    for (const id of own) expect(await controlRefusals('viewer', id)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    const others = [
      await start('admin', hide),
      await start('admin', 'scanMedia(input: { dryRun: true })'),
      await start('admin', 'hashPendingModels(input: { limit: 1 })'),
      await start('admin', 'deleteMediaMany(selection: { filter: { search: "nothing" } }, expectedCount: 0)'),
    ];
    for (const id of others) expect(await controlRefusals('editor', id)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    // What he started as an administrator is not his any more.
    const [, ...forAdministrators] = others;
    await service.app.database.prisma.job.updateMany({
      where: { id: { in: forAdministrators.map(internalId) } },
      data: { requestedBy: 'editor' },
    });
    for (const id of forAdministrators) expect(await controlRefusals('editor', id)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
  });

  it('to places on the machine is not given by another way', async () => {
    const root = service.category('movies').rootPath;
    await service.writeFiles('movies', ['a.mp4']);
    await service.app.jobs.waitFor((await service.app.scanner.start({})).id);
    const query =
      '{ media { edges { node { metadata } } } serviceStatus { database { detail } copyparty { detail } } }';
    const ask = async (caller: string) => JSON.stringify((await service.post({ query }, headersOf[caller])).body);
    expect(await ask('admin')).toContain(root);
    for (const caller of ['viewer', 'editor']) expect(await ask(caller)).not.toContain(root.slice(1));
  });
});

function internalId(publicId: string): string {
  return decodePublicId(publicId).id;
}

/** What refuses to cancel a job, and to do it again. */
function controlRefusals(caller: string, id: string): Promise<unknown[]> {
  return Promise.all(
    ['cancelJob', 'retryJob'].map(async (name) =>
      refusalIn(await codesOf(caller, `mutation { ${name}(id: "${id}") { __typename } }`)),
    ),
  );
}

function tryToDelete(caller: string, soft: boolean): Promise<unknown[]> {
  return codesOf(caller, `mutation { deleteMedia(input: { id: "${someId}", soft: ${soft} }) { __typename } }`);
}

/** A field's refusal is told with the answer; a token's is the answer. */
function expectedRefusals(name: string): Record<string, string | null> {
  const needed = rootFields[name] as Needed;
  return Object.fromEntries(
    Object.entries(callers).map(([caller, mayDo]) => {
      const isKnown = mayDo.includes('viewer');
      return [caller, mayDo.includes(needed) ? null : isKnown ? 'FORBIDDEN' : 'UNAUTHENTICATED'];
    }),
  );
}

function refusalIn(codes: unknown[]): unknown {
  return codes.find((code) => code === 'UNAUTHENTICATED' || code === 'FORBIDDEN') ?? null;
}
