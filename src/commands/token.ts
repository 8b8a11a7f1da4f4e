import { InvalidArgumentError, Option, type Command } from 'commander';
import { createApiTokens, type ApiToken, type ApiTokens } from '../service/access/api-tokens.ts';
import { tokenNameRule, toTokenName } from '../service/access/token-name.ts';
import { roles, type Role } from '../service/access/role.ts';
import { openDatabase } from '../base/database/open-database.ts';
import { readSettings } from './read-settings.ts';

export function addTokenCommand(program: Command): void {
  const token = program
    .command('token')
    .description('who may use the service: create, list and revoke the tokens that people and programs send');

  token
    .command('create')
    .description('make a token and print it, once: only a hash of it is stored')
    .requiredOption('--name <name>', 'for whom or what it is, such as phone', toName)
    .addOption(
      new Option('--role <role>', 'what it may do')
        .choices(roles.map((role) => role.toLowerCase()))
        .makeOptionMandatory(),
    )
    .option('--expires <duration>', 'such as 90d, 12h or 30m; without it, never', toDurationMs)
    .option('--json', 'print it as JSON', false)
    .action(async ({ name, role, expires, json }: CreateOptions) => {
      const expiresAt = expires === undefined ? null : new Date(Date.now() + expires);
      const created = await withTokens((tokens) =>
        tokens.create({ name, role: role.toUpperCase() as Role, expiresAt }),
      );
      if (json) print(JSON.stringify(created, null, 2));
      else {
        print(created.token);
        process.stderr.write(`Send it as \`Authorization: Bearer …\`. It is not shown again. ${describe(created)}\n`);
      }
    });

  token
    .command('list')
    .description('print all tokens, those that are revoked too')
    .option('--json', 'print them as JSON', false)
    .action(async ({ json }: { json: boolean }) => {
      const all = await withTokens((tokens) => tokens.list());
      if (json) print(JSON.stringify(all, null, 2));
      else if (all.length === 0) print('There are no tokens.');
      else for (const one of all) print(describe(one));
    });

  token
    .command('revoke')
    .description('let a token in no more')
    .argument('<id or name>', 'as `token list` prints it')
    .action(async (idOrName: string) => {
      print(describe(await withTokens((tokens) => tokens.revoke(idOrName))));
    });
}

interface CreateOptions {
  name: string;
  role: string;
  expires?: number;
  json: boolean;
}

async function withTokens<T>(work: (tokens: ApiTokens) => Promise<T>): Promise<T> {
  const { databaseUrl, databaseConnections } = readSettings();
  const database = await openDatabase(databaseUrl, databaseConnections);
  try {
    return await work(createApiTokens(database));
  } finally {
    await database.close();
  }
}

function toName(text: string): string {
  const name = toTokenName(text);
  if (name === null) throw new InvalidArgumentError(tokenNameRule);
  return name;
}

const unitsMs = { m: 60_000, h: 3_600_000, d: 86_400_000 };

function toDurationMs(text: string): number {
  const [, count, unit] = /^([1-9]\d{0,4})([mhd])$/.exec(text) ?? [];
  if (count === undefined || unit === undefined)
    throw new InvalidArgumentError('Give a duration such as 90d, 12h or 30m.');
  return Number(count) * unitsMs[unit as keyof typeof unitsMs];
}

function describe({ id, name, role, expiresAt, revokedAt, lastUsedAt }: ApiToken): string {
  const facts = [
    revokedAt && `revoked ${revokedAt.toISOString()}`,
    expiresAt ? `expires ${expiresAt.toISOString()}` : 'never expires',
    lastUsedAt ? `last used ${lastUsedAt.toISOString()}` : 'not used yet',
  ];
  return `${id}  ${role.toLowerCase().padEnd(6)}  ${name}  (${facts.filter((fact) => fact !== null).join(', ')})`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
