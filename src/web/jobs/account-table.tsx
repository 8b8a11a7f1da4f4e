import { readFragment, type FragmentType } from '../generated/fragment-masking.ts';
import { graphql } from '../generated/gql.ts';
import { number } from '../words/format.ts';
import { jobPageTexts } from '../words/job-pages.ts';
import styles from './account-table.module.css';

export const Counts = graphql(/* GraphQL */ `
  fragment Counts on MigrationCounts {
    found
    migrated
    alreadyPresent
    skipped
    errors
  }
`);

/** What the table of a migration shows, for the documents that ask for its account. */
export const AccountFacts = graphql(/* GraphQL */ `
  fragment AccountFacts on LegacyMigrationReport {
    models {
      ...Counts
    }
    pendingImports {
      ...Counts
    }
    tags {
      ...Counts
    }
    modelTags {
      ...Counts
    }
    pendingModelTags {
      ...Counts
    }
    activeImages {
      ...Counts
    }
    pendingImages {
      ...Counts
    }
  }
`);

const { migration: texts } = jobPageTexts;
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

/** The account of a migration: what became of every row and picture, by kind. */
export function AccountTable({ account }: { account: FragmentType<typeof AccountFacts> }) {
  const counted = readFragment(AccountFacts, account);
  return (
    <table className={styles.account} aria-label={jobPageTexts.report}>
      <thead>
        <tr>
          <th scope="col">{texts.kind}</th>
          {columns.map((column) => (
            <th key={column} scope="col">
              {texts[column]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {kinds.map((kind) => {
          const counts = readFragment(Counts, counted[kind]);
          return (
            <tr key={kind}>
              <th scope="row">{texts.kinds[kind]}</th>
              {columns.map((column) => (
                <td key={column} data-column={column} data-none={counts[column] === 0}>
                  {number(counts[column])}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
