import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { buildSchema } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { expect, it } from 'vitest';
import { parseMediaConfig } from '../../src/base/config/parse-media-config.ts';
import { loadSettings } from '../../src/base/config/settings.ts';
import { limitOperations } from '../../src/service/graphql/limits.ts';
import { checkOperations } from '../../src/service/graphql/persisted/check-operations.ts';
import { blocksOf, readDocuments, root } from './read-documents.ts';

const documents = readDocuments();

it('every GraphQL operation of the documents goes with the schema and stays within the limits', () => {
  const operations = documents.flatMap((document) =>
    [...blocksOf(document, 'graphql'), ...blocksOf(document, 'sh').flatMap(queriesIn)].map(
      (text, index) => [`${document.path}, operation ${index + 1}`, text] as const,
    ),
  );
  expect(operations.length).toBeGreaterThan(20);
  const schema = buildSchema(readFileSync(join(root, 'schema/schema.graphql'), 'utf8'));
  const { graphqlLimits: limits, introspection } = loadSettings({}, root);
  const plugins = limitOperations({ limits, introspection });
  const { parse, validate } = createYoga({ schema, logging: false, plugins }).getEnveloped({});
  expect(checkOperations(schema, new Map(operations), { parse, validate })).toEqual([]);
});

it('every media configuration of the documents is valid', () => {
  const configurations = documents
    .flatMap((document) => blocksOf(document, 'yaml'))
    .filter((text) => text.startsWith('version:'));
  expect(configurations.length).toBeGreaterThan(1);
  for (const text of configurations) {
    const { warnings } = parseMediaConfig(text, '/etc/mediashelf/watch_media_dirs.yml');
    expect(warnings).toEqual([]);
  }
});

it('every npm script that the documents name is there', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
  const named = documents.flatMap(({ text }) =>
    Array.from(text.matchAll(/npm run ([\w:-]+)/g), ([, name = '']) => name),
  );
  expect(named.length).toBeGreaterThan(20);
  expect([...new Set(named)].filter((name) => !(name in scripts))).toEqual([]);
});

it('every command of mediashelf that the documents name is there, with its options', async () => {
  const program = await readCommands();
  const calls = documents.flatMap(({ text }) =>
    Array.from(
      text.matchAll(
        /(?:run mediashelf --|npx mediashelf|--no-deps mediashelf|-v "\$PWD:\/backup" mediashelf) ([a-z][^`#\n|]*)/g,
      ),
    ),
  );
  expect(calls.length).toBeGreaterThan(20);
  const faults = calls.flatMap(([, call = '']) => {
    const [name, second = '', ...rest] = call.trim().split(/\s+/);
    const parent = program.commands.find((command) => command.name() === name);
    const command = parent?.commands.find((child) => child.name() === second) ?? parent;
    if (command === undefined) return [`there is no command ${name}`];
    const known = new Set(command.options.map(({ long }) => long));
    return [second, ...rest]
      .filter((word) => word.startsWith('--') && word !== '--help' && !known.has(word))
      .map((word) => `${command.name()} has no ${word}`);
  });
  expect(faults).toEqual([]);
});

/** The operations in the bodies that curl sends. */
function queriesIn(shell: string): string[] {
  const bodies = shell.matchAll(/(?:-d |operations=)'(\{.*?\})'/gs);
  return Array.from(bodies, ([, body = '']) => (JSON.parse(body) as { query: string }).query);
}

/** The commands as `main.ts` lists them. */
async function readCommands(): Promise<Command> {
  const main = readFileSync(join(root, 'src/main.ts'), 'utf8');
  const program = new Command();
  for (const [, path = '', adder = ''] of main.matchAll(/import\('\.(\/commands\/.*?)'\).*?module\.(\w+)/g)) {
    const { href } = new URL(`../../src${path}`, import.meta.url);
    const module = (await import(/* @vite-ignore */ href)) as Record<string, (program: Command) => void>;
    module[adder]?.(program);
  }
  return program;
}
