import { graphql } from '../generated/gql.ts';
import type { TileItemFragment } from '../generated/graphql.ts';

/** What the service counts, of which nobody need have loaded all. */
export const SelectedCountDocument = graphql(/* GraphQL */ `
  query SelectedCount($selection: MediaSelection!) {
    selectedMediaCount(selection: $selection)
  }
`);

/** What a tile, a row of the table and a slide of the viewer show before anything else is asked for. */
export const TileItem = graphql(/* GraphQL */ `
  fragment TileItem on MediaItem {
    id
    title
    mediaType
    status
    favourite
    rating
    placeholder
    width
    height
    sizeBytes
    durationSeconds
    capturedAtLocal
    relativePath
    thumbnailUrl(size: SMALL)
    mediumUrl: thumbnailUrl(size: MEDIUM)
    screenUrl: thumbnailUrl(size: SCREEN)
    posterUrl
    displayUrl
    streamUrl
    category {
      key
    }
  }
`);

export type Tile = TileItemFragment;

export const TimelineDocument = graphql(/* GraphQL */ `
  query Timeline($filter: MediaFilter!, $direction: OrderDirection!, $unit: TimelineUnit!) {
    mediaTimeline(filter: $filter, direction: $direction, unit: $unit) {
      key
      count
      cursor
    }
  }
`);

export const ListCountDocument = graphql(/* GraphQL */ `
  query ListCount($filter: MediaFilter!) {
    media(filter: $filter, first: 1) {
      totalCount
    }
  }
`);

export const ListPageDocument = graphql(/* GraphQL */ `
  query ListPage($filter: MediaFilter!, $orderBy: MediaOrder!, $after: String, $skip: Int!, $first: Int!) {
    media(filter: $filter, orderBy: $orderBy, after: $after, skip: $skip, first: $first) {
      edges {
        node {
          ...TileItem
        }
      }
      pageInfo {
        endCursor
      }
    }
  }
`);

export const LastItemDocument = graphql(/* GraphQL */ `
  query LastItem($filter: MediaFilter!, $orderBy: MediaOrder!) {
    media(filter: $filter, orderBy: $orderBy, last: 1) {
      edges {
        node {
          id
        }
      }
    }
  }
`);

export const PlaceDocument = graphql(/* GraphQL */ `
  query Place($id: ID!, $filter: MediaFilter!, $orderBy: MediaOrder!) {
    mediaPlace(id: $id, filter: $filter, orderBy: $orderBy) {
      section
      index
      cursor
    }
  }
`);

export const ListChangesDocument = graphql(/* GraphQL */ `
  subscription ListChanges($category: String) {
    mediaChanged(category: $category) {
      isCut
      removed
      added {
        id
      }
      updated {
        ...TileItem
      }
    }
  }
`);
