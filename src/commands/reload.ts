import type { Command } from 'commander';
import { graphql } from './generated/gql.ts';
import { requestGraphQL } from './graphql-client.ts';
import { printable, printableLine } from './printable.ts';
import { readSettings } from './read-settings.ts';

const ReloadMediaConfig = graphql(/* GraphQL */ `
  mutation ReloadMediaConfig {
    reloadMediaConfig {
      __typename
      ... on MediaConfig {
        path
        categoryKeys
        warnings
      }
      ... on Error {
        message
      }
    }
  }
`);

export function addReloadCommand(program: Command): void {
  program
    .command('reload')
    .description(
      'let the running service read its media configuration again; a wrong one changes nothing. Where access is configured, ' +
        'MEDIASHELF_TOKEN has to hold the token of an administrator',
    )
    .action(async () => {
      const { host, port } = readSettings();
      const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}/graphql`;
      const { reloadMediaConfig: result } = await requestGraphQL(url, ReloadMediaConfig);
      if (result.__typename !== 'MediaConfig') {
        process.stderr.write(`The service keeps its last good configuration.\n${printable(result.message)}\n`);
        process.exitCode = 1;
        return;
      }
      for (const warning of result.warnings) process.stderr.write(`${printableLine(`Warning: ${warning}`)}\n`);
      process.stdout.write(`${result.path} is in force: ${result.categoryKeys.join(', ')}\n`);
    });
}
