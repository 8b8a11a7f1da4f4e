import { graphql } from '../generated/gql.ts';
import { jobPageTexts } from '../words/job-pages.ts';
import { AccountTable } from './account-table.tsx';
import type { Job } from './job-facts.ts';
import styles from './jobs.module.css';
import { useWhileRuns } from './use-while-runs.ts';

const AccountOfJobDocument = graphql(/* GraphQL */ `
  query AccountOfJob($id: ID!) {
    job(id: $id) {
      __typename
      ... on LegacyMigrationJob {
        account {
          ...AccountFacts
        }
      }
    }
  }
`);

/** The account of a migration, on the page of its job, while it runs and afterwards. */
export function MigrationAccount({ job }: { job: Job }) {
  const data = useWhileRuns(AccountOfJobDocument, job, job.id);
  const account = data?.job?.__typename === 'LegacyMigrationJob' ? data.job.account : null;
  if (!account) return null;
  return (
    <section aria-labelledby="account">
      <h2 className={styles.section} id="account">
        {jobPageTexts.report}
      </h2>
      <AccountTable account={account} />
    </section>
  );
}
