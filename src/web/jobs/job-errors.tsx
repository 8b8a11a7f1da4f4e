import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { base, hashOf } from '../api/execute.ts';
import { queryClient } from '../api/query-client.ts';
import { usePages } from '../api/use-pages.ts';
import { graphql } from '../generated/gql.ts';
import type { JobErrorsQuery } from '../generated/graphql.ts';
import { Button } from '../ui/button.tsx';
import { jobPageTexts } from '../words/job-pages.ts';
import type { Job } from './job-facts.ts';
import styles from './jobs.module.css';

const JobErrorsDocument = graphql(/* GraphQL */ `
  query JobErrors($id: ID!, $after: String) {
    job(id: $id) {
      id
      itemErrors(first: 50, after: $after) {
        totalCount
        edges {
          node {
            item
            code
            message
            at
            media {
              id
              title
              thumbnailUrl
            }
            model {
              sha256
              name
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

type ItemError = NonNullable<JobErrorsQuery['job']>['itemErrors']['edges'][number]['node'];

/** What failed, each with a link to the item where there is one. */
export function JobErrors({ job: { id, status } }: { job: Pick<Job, 'id' | 'status'> }) {
  const errors = usePages(JobErrorsDocument, { id }, ({ job }) => job?.itemErrors ?? nothing);
  // What was asked while the job ran is not all of it.
  useEffect(() => void queryClient.invalidateQueries({ queryKey: [hashOf(JobErrorsDocument)] }), [status]);
  if (errors.nodes.length === 0) return null;
  return (
    <section aria-labelledby="errors" className={styles.errors}>
      <h2 className={styles.section} id="errors">
        {jobPageTexts.errors(errors.first?.job?.itemErrors.totalCount ?? errors.nodes.length)}
      </h2>
      <ul className={styles.list}>
        {errors.nodes.map((error) => (
          <li key={`${error.at} ${error.item} ${error.code}`} className={styles.error}>
            {error.media && (
              <img
                className={styles.picture}
                alt=""
                loading="lazy"
                src={error.media.thumbnailUrl}
                onError={({ currentTarget }) => (currentTarget.dataset.failed = '')}
              />
            )}
            <div className={styles.words}>
              <p className={styles.item}>
                <Name error={error} />
              </p>
              <p className={styles.why}>{error.message}</p>
            </div>
          </li>
        ))}
      </ul>
      {errors.more !== null && <Button onClick={errors.more}>{jobPageTexts.more}</Button>}
    </section>
  );
}

function Name({ error: { item, media, model } }: { error: ItemError }) {
  if (media) {
    return (
      <Link to="/item/$id" params={{ id: media.id }}>
        {media.title}
      </Link>
    );
  }
  if (model) return <a href={new URL(`models/${model.sha256}`, base).href}>{model.name ?? item}</a>;
  return item;
}

const nothing = { totalCount: 0, edges: [], pageInfo: { hasNextPage: false, endCursor: null } };
