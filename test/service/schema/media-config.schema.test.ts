import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { graphql } from '../../generated/gql.ts';
import { startTestService, type TestService } from '../../support/test-service.ts';

const ReloadConfig = graphql(/* GraphQL */ `
  mutation ReloadConfig {
    reloadMediaConfig {
      __typename
      ... on MediaConfig {
        path
        version
        categoryKeys
        warnings
      }
      ... on Error {
        code
        message
      }
      ... on MediaConfigError {
        path
        faults {
          key
          line
          found
          expected
        }
      }
      ... on MediaConfigMissingError {
        path
      }
    }
  }
`);

const ListKeys = graphql(/* GraphQL */ `
  query ListKeys {
    categories {
      key
    }
  }
`);

async function keysOf(service: TestService): Promise<string[]> {
  const { categories } = await service.request(ListKeys);
  return categories.map(({ key }) => key);
}

it('puts what the file says now in force', async () => {
  const service = await startTestService();
  expect(await keysOf(service)).toEqual(['movies', 'photos']);
  await service.writeConfig([{ key: 'films', default: true, colour: 'red' }]);
  expect(await service.request(ReloadConfig)).toEqual({
    reloadMediaConfig: {
      __typename: 'MediaConfig',
      path: service.app.mediaConfig.current().path,
      version: 2,
      categoryKeys: ['films'],
      warnings: [expect.stringContaining('colour')],
    },
  });
  expect(await keysOf(service)).toEqual(['films']);
});

it('keeps the last good configuration where the file is wrong, and tells every fault and its place', async () => {
  const service = await startTestService();
  const { path } = service.app.mediaConfig.current();
  const wrong = [
    'version: 2',
    'categories:',
    '  - key: movies',
    '    label: 7',
    '    root_path: media',
    '    default: true',
    '    media_type: film',
  ];
  await writeFile(path, wrong.join('\n'));
  expect(await service.request(ReloadConfig)).toEqual({
    reloadMediaConfig: {
      __typename: 'MediaConfigError',
      code: 'INVALID_MEDIA_CONFIG',
      message: expect.stringContaining('label'),
      path,
      faults: [
        { key: 'categories[0].label', line: 4, found: 'the number 7', expected: 'text: put the number in quotes' },
        { key: 'categories[0].media_type', line: 7, found: '"film"', expected: 'video, audio or image' },
      ],
    },
  });
  expect(await keysOf(service)).toEqual(['movies', 'photos']);
});

it('keeps the last good configuration where the file is gone', async () => {
  const service = await startTestService();
  const { path } = service.app.mediaConfig.current();
  await rm(path);
  expect(await service.request(ReloadConfig)).toEqual({
    reloadMediaConfig: {
      __typename: 'MediaConfigMissingError',
      code: 'MEDIA_CONFIG_MISSING',
      message: expect.stringContaining(path),
      path,
    },
  });
  expect(await keysOf(service)).toEqual(['movies', 'photos']);
});

it('tells what is in force without a reload, with the places of what its owner may not have meant', async () => {
  const service = await startTestService();
  const query = '{ mediaConfig { path version categoryKeys loadedAt warnings locatedWarnings { message key line column } } }';
  const before = (await service.post({ query })).body.data as { mediaConfig: { loadedAt: string } };
  expect(before.mediaConfig).toMatchObject({ categoryKeys: ['movies', 'photos'], locatedWarnings: [] });
  await service.writeConfig([
    { key: 'films', default: true, colour: 'red' },
    { key: 'more', root_path: join(service.folder, 'library/films/more') },
    { key: 'own', root_path: service.folder },
  ]);
  expect((await service.post({ query })).body.data).toEqual(before);
  await service.request(ReloadConfig);
  const { mediaConfig } = (await service.post({ query })).body.data as { mediaConfig: Record<string, unknown> };
  expect(Date.parse(String(mediaConfig.loadedAt))).toBeGreaterThan(Date.parse(before.mediaConfig.loadedAt));
  expect(mediaConfig.locatedWarnings).toEqual([
    { message: expect.stringContaining('colour'), key: 'categories[0].colour', line: 7, column: 5 },
    { message: expect.stringContaining('more'), key: 'categories[1].root_path', line: 9, column: 5 },
    { message: expect.stringContaining('films'), key: 'categories[2].root_path', line: 12, column: 5 },
    { message: expect.stringContaining('more'), key: 'categories[2].root_path', line: 12, column: 5 },
    { message: expect.stringContaining('DATA_DIR'), key: 'categories[2].root_path', line: null, column: null },
  ]);
  expect(mediaConfig.warnings).toEqual(
    (mediaConfig.locatedWarnings as { message: string }[]).map(({ message }) => message),
  );
});
