import { useOperation } from '../api/use-operation.ts';
import { readFragment } from '../generated/fragment-masking.ts';
import { graphql } from '../generated/gql.ts';
import { number } from '../words/format.ts';
import { jobPageTexts } from '../words/job-pages.ts';
import styles from './jobs.module.css';

const CountsFacts = graphql(/* GraphQL */ `
  fragment MigrationCountsFacts on MigrationCounts {
    found
    migrated
    alreadyPresent
    skipped
    errors
  }
`);

const MigrationTableDocument = graphql(/* GraphQL */ `
  query MigrationTable($id: ID!) {
    job(id: $id) {
      __typename
      ... on LegacyMigrationJob {
        report {
          models {
            ...MigrationCountsFacts
          }
          activeImages {
            ...MigrationCountsFacts
          }
          modelTags {
            ...MigrationCountsFacts
          }
          pendingImports {
            ...MigrationCountsFacts
          }
          pendingImages {
            ...MigrationCountsFacts
          }
          pendingModelTags {
            ...MigrationCountsFacts
          }
          tags {
            ...MigrationCountsFacts
          }
        }
      }
    }
  }
`);

const columns = ['found', 'migrated', 'alreadyPresent', 'skipped', 'errors'] as const;
const kinds = [
  'models',
  'activeImages',
  'modelTags',
  'pendingImports',
  'pendingImages',
  'pendingModelTags',
  'tags',
] as const;

/** The account of a migration: what became of the rows and pictures of each kind. */
export function MigrationTable({ id }: { id: string }) {
  const { data } = useOperation(MigrationTableDocument, { id });
  const report = data?.job?.__typename === 'LegacyMigrationJob' ? data.job.report : null;
  if (!report) return null;
  const { migration } = jobPageTexts;
  return (
    <div className={styles.wide}>
      <table className={styles.table}>
        <caption className={styles.section}>{jobPageTexts.report}</caption>
        <thead>
          <tr>
            <th scope="col">{migration.kind}</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {migration[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kinds.map((kind) => (
            <tr key={kind}>
              <th scope="row">{migration.kinds[kind]}</th>
              {columns.map((column) => (
                <td key={column}>{number(readFragment(CountsFacts, report[kind])[column])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
