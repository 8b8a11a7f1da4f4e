import { Link } from '@tanstack/react-router';
import { LoaderCircle, ShieldAlert, Unplug } from 'lucide-react';
import { useCategories } from '../api/use-categories.ts';
import { useOperation } from '../api/use-operation.ts';
import { graphql } from '../generated/gql.ts';
import { homeTexts } from '../words/home.ts';
import styles from './home-notes.module.css';

const HomeNotesDocument = graphql(/* GraphQL */ `
  query HomeNotes {
    running: jobs(first: 4, statuses: [RUNNING]) {
      edges {
        node {
          __typename
          id
          kind
          progress {
            done
            total
          }
        }
      }
    }
    scans: jobs(first: 1, kinds: [SCAN]) {
      edges {
        node {
          __typename
          id
          status
        }
      }
    }
  }
`);

/** What goes on in the library, and what waits for a person: a quiet line each, and none where there is nothing. */
export function HomeNotes() {
  const { categories } = useCategories();
  const { data } = useOperation(HomeNotesDocument, undefined, { staleTime: 5_000, refetchInterval: 10_000 });
  const running = data?.running.edges ?? [];
  const held = (data?.scans.edges ?? []).filter(({ node }) => node.status === 'HELD');
  const offline = categories.filter(({ state }) => state === 'OFFLINE');
  if (running.length + held.length + offline.length === 0) return null;
  return (
    <ul className={styles.notes} aria-label={homeTexts.label}>
      {held.map(({ node: { id } }) => (
        <li key={id} className={styles.waits}>
          <ShieldAlert aria-hidden />
          <Link to="/scans/$id" params={{ id }}>
            {homeTexts.held}
          </Link>
        </li>
      ))}
      {offline.map(({ key, label }) => (
        <li key={key} className={styles.waits}>
          <Unplug aria-hidden />
          <Link to="/c/$category" params={{ category: key }}>
            {homeTexts.offline(label)}
          </Link>
        </li>
      ))}
      {running.map(({ node: { id, kind, progress } }) => (
        <li key={id}>
          <LoaderCircle aria-hidden />
          <Link to="/jobs/$id" params={{ id }}>
            {homeTexts.running(kind, progress.done, progress.total ?? null)}
          </Link>
        </li>
      ))}
    </ul>
  );
}
