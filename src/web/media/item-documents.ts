import { graphql } from '../generated/gql.ts';
import type { ItemQuery } from '../generated/graphql.ts';

export const ItemDocument = graphql(/* GraphQL */ `
  query Item($id: ID!) {
    mediaItem(id: $id) {
      ...TileItem
      id
      title
      description
      favourite
      rating
      tags
      filename
      relativePath
      mediaType
      mimeType
      status
      sizeBytes
      width
      height
      durationSeconds
      capturedAtLocal
      capturedAtOffset
      createdAt
      downloadUrl
      streamUrl
      posterUrl
      storyboardUrl
      category {
        key
        label
        state
      }
      next {
        id
        title
        seasonNumber
        episodeNumber
        mediumUrl: thumbnailUrl(size: MEDIUM)
      }
      previous {
        id
        title
        seasonNumber
        episodeNumber
        mediumUrl: thumbnailUrl(size: MEDIUM)
      }
      companions {
        filename
        kind
        url
        subtitle {
          language
          title
          isForced
          webVttUrl
        }
      }
      facts {
        music {
          artist
          album
          year
        }
        camera {
          make
          model
          lens
          aperture
          exposureSeconds
          iso
          focalLengthMm
        }
        place {
          latitude
          longitude
        }
        caption
        keywords
        video {
          codec
          frameRate
          hdr
        }
        audio {
          codec
          channels
          language
        }
      }
    }
  }
`);

export type Item = NonNullable<ItemQuery['mediaItem']>;

export const UpdateItemDocument = graphql(/* GraphQL */ `
  mutation UpdateItem($input: UpdateMediaInput!) {
    updateMedia(input: $input) {
      __typename
      ... on MediaItem {
        id
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

export const SignedLinkDocument = graphql(/* GraphQL */ `
  query SignedLink($id: ID!) {
    mediaItem(id: $id) {
      streamUrl(signed: true)
    }
  }
`);
