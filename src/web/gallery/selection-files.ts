import { describeFailure } from '../api/describe-failure.ts';
import { execute } from '../api/execute.ts';
import { graphql } from '../generated/gql.ts';
import type { MediaSelection } from '../generated/graphql.ts';
import { say } from '../ui/say.ts';
import { texts } from '../words/texts.ts';

const ArchiveDocument = graphql(/* GraphQL */ `
  mutation Archive($selection: MediaSelection!) {
    prepareArchive(selection: $selection) {
      __typename
      ... on PreparedArchive {
        url
      }
      ... on Error {
        message
      }
    }
  }
`);

const LinksDocument = graphql(/* GraphQL */ `
  query Links($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on MediaItem {
        id
        streamUrl(signed: true)
      }
    }
  }
`);

/** Copies a link for each, `most` at most, which works without signing in for some hours. */
export async function copyLinks(selections: readonly MediaSelection[], most: number): Promise<void> {
  try {
    const ids = await idsOf(selections, most);
    const urls: string[] = [];
    for (let at = 0; at < ids.length; at += 100) {
      const { nodes } = await execute(LinksDocument, { ids: ids.slice(at, at + 100) });
      for (const node of nodes) if (node && 'streamUrl' in node) urls.push(new URL(node.streamUrl, location.href).href);
    }
    await navigator.clipboard.writeText(urls.join('\n'));
    say(texts.film.copied);
  } catch (error) {
    say(describeFailure(error));
  }
}

/** Downloads an archive for each part of the selection that is said by itself. */
export async function download(selections: readonly MediaSelection[]): Promise<void> {
  try {
    for (const selection of selections) {
      const { prepareArchive } = await execute(ArchiveDocument, { selection });
      if (prepareArchive.__typename !== 'PreparedArchive') {
        say(prepareArchive.message);
        return;
      }
      const link = document.createElement('a');
      link.href = new URL(prepareArchive.url, location.href).href;
      link.download = '';
      link.click();
    }
  } catch (error) {
    say(describeFailure(error));
  }
}

/** Whoever chose single items has their IDs; those of stretches are read. */
async function idsOf(selections: readonly MediaSelection[], most: number): Promise<string[]> {
  if (selections.every(({ ids }) => ids)) return selections.flatMap(({ ids }) => ids?.map(String) ?? []).slice(0, most);
  const { readChosen } = await import('../batch/chosen-items.ts');
  return (await readChosen(selections, most)).map(({ id }) => id);
}
