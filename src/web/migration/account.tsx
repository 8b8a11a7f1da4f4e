import { readFragment } from '../generated/fragment-masking.ts';
import type { MigrationAccountQuery } from '../generated/graphql.ts';
import { migrationTexts } from '../words/migration.ts';
import { Counts } from './documents.ts';
import styles from './migration.module.css';

type MigrationJob = Extract<NonNullable<MigrationAccountQuery['job']>, { account?: unknown }>;

const { account: texts } = migrationTexts;
const kinds = [
  'models',
  'pendingImports',
  'tags',
  'modelTags',
  'pendingModelTags',
  'activeImages',
  'pendingImages',
] as const;
const columns = ['found', 'migrated', 'alreadyPresent', 'skipped', 'errors'] as const;

/** What became of every row and picture, by kind. */
export function Account({ account }: { account: NonNullable<MigrationJob['account']> }) {
  return (
    <table className={styles.account} aria-label={texts.title}>
      <thead>
        <tr>
          <th scope="col">{texts.kind}</th>
          {columns.map((column) => (
            <th key={column} scope="col">
              {texts.columns[column]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {kinds.map((kind) => {
          const counts = readFragment(Counts, account[kind]);
          return (
            <tr key={kind}>
              <th scope="row">{texts.kinds[kind]}</th>
              {columns.map((column) => (
                <td key={column} data-column={column} data-none={counts[column] === 0}>
                  {texts.number(counts[column])}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
