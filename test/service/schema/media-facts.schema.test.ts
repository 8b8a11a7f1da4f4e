import { expect, it } from 'vitest';
import { storeProbes } from '../../../src/library/metadata/sql/probes.ts';
import type { MediaFacts } from '../../../src/library/metadata/facts/facts.ts';
import { graphql } from '../../generated/gql.ts';
import { catalogueFiles } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { startTestService } from '../../support/test-service.ts';

const ReadFacts = graphql(/* GraphQL */ `
  query ReadFacts {
    media(orderBy: { field: CAPTURED_AT, direction: ASC }) {
      edges {
        node {
          filename
          capturedAt
          capturedAtLocal
          capturedAtOffset
          capturedAtSource
          facts {
            camera {
              make
              model
              lens
              exposureSeconds
              aperture
              iso
              focalLengthMm
              focalLength35Mm
            }
            place {
              latitude
              longitude
              altitude
            }
            rating
            keywords
            embeddedTitle
            caption
            hdr
            video {
              codec
              profile
              frameRate
              bitDepth
              hdr
            }
            audio {
              codec
              channels
              language
              title
              isDefault
              isForced
            }
            subtitles {
              codec
              language
              title
              isDefault
              isForced
            }
            chapters {
              startSeconds
              title
            }
            music {
              title
              artist
              album
              albumArtist
              track
              trackTotal
              disc
              discTotal
              year
              genres
              trackGainDb
              albumGainDb
              hasLyrics
            }
            notes
          }
        }
      }
    }
  }
`);

const facts: MediaFacts = {
  camera: { model: 'EOS R6', exposureSeconds: 0.004 },
  place: { latitude: 48.5, longitude: 2.25 },
  rating: 4,
  keywords: ['Seine', 'night'],
  video: [{ codec: 'HEVC', profile: 'Main 10', frameRate: 24, bitDepth: 10, hdr: 'HDR10' }],
  audio: [{ codec: 'AAC', channels: 6, language: 'de', title: 'Original', isDefault: true, isForced: false }],
  subtitles: [{ codec: 'UTF-8', language: 'en', isDefault: false, isForced: true }],
  chapters: [{ startSeconds: 0.5, title: 'Intro' }],
  music: { artist: 'Ella', genres: ['Jazz'], hasLyrics: true },
  notes: ['Something was cut.'],
};

describeOnEachDatabase('The facts of an item', (open) => {
  it('are answered as they were stored, and lists are in the order of the clocks', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    const { database } = service.app;
    const modifiedAtMs = Date.UTC(2024, 0, 31, 23, 30);
    await catalogueFiles(database, service.category('photos'), [
      { relativePath: 'late.jpg', modifiedAtMs },
      { relativePath: 'plain.jpg', modifiedAtMs },
    ]);
    const item = await database.prisma.mediaItem.findFirstOrThrow({ where: { filename: 'late.jpg' } });
    // By UTC it was taken before the other file's time, by its clock after it.
    const capture = { localMs: Date.UTC(2024, 1, 1, 0, 59, 59, 120), offsetMinutes: 120, source: 'EXIF' } as const;
    const probed = { id: item.id, signature: item.signature, width: 1, height: 1, durationSeconds: null };
    const read = { ...probed, technicalMetadata: null, fingerprint: null, capture, facts };
    await storeProbes(database, [read], new Date());
    const { media } = await service.request(ReadFacts);
    const nothing = { make: null, lens: null, aperture: null, iso: null, focalLengthMm: null, focalLength35Mm: null };
    expect(media.edges.map(({ node }) => node)).toEqual([
      {
        filename: 'plain.jpg',
        capturedAt: '2024-01-31T23:30:00.000Z',
        capturedAtLocal: '2024-01-31T23:30:00.000',
        capturedAtOffset: null,
        capturedAtSource: 'FILE_TIME',
        facts: null,
      },
      {
        filename: 'late.jpg',
        capturedAt: '2024-01-31T22:59:59.120Z',
        capturedAtLocal: '2024-02-01T00:59:59.120',
        capturedAtOffset: '+02:00',
        capturedAtSource: 'EXIF',
        facts: {
          ...facts,
          camera: { ...nothing, ...facts.camera },
          place: { ...facts.place, altitude: null },
          embeddedTitle: null,
          caption: null,
          hdr: null,
          subtitles: [{ ...facts.subtitles?.[0], title: null }],
          music: expect.objectContaining({ artist: 'Ella', genres: ['Jazz'], hasLyrics: true, title: null, track: null }),
        },
      },
    ]);
  });

  it('have no place where the setting says so, even one that is stored', async () => {
    const service = await startTestService({ databaseUrl: open.url(), environment: { GPS: 'off' } });
    const { database } = service.app;
    await catalogueFiles(database, service.category('photos'), [{ relativePath: 'a.jpg' }]);
    await database.prisma.mediaItem.updateMany({ data: { facts } });
    const { media } = await service.request(ReadFacts);
    expect(media.edges[0]?.node.facts).toMatchObject({ place: null, rating: 4 });
  });
});
