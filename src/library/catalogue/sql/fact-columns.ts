import type { Database } from '../../../base/database/database.ts';
import { raw, type Sql } from '../../../base/database/sql.ts';

// Each expression here is that of an index, sign for sign: see the migrations.

/** When an item was recorded, by the clock of the place. Lists by it and conditions on it share one index. */
export const capturedAtColumn = raw('coalesce(m.captured_at, m.modified_at)');

/** The duration; -1 where none is known. */
export const durationColumn = raw('coalesce(m.duration_seconds, -1)');

const orientations = ['LANDSCAPE', 'PORTRAIT', 'SQUARE'] as const;
export type Orientation = (typeof orientations)[number];

/** From the smallest to the largest. A picture has one where its longer side or its shorter one is so long. */
export const resolutions = ['SD', 'HD_720', 'HD_1080', 'QHD_1440', 'UHD_4K', 'UHD_8K'] as const;
export type Resolution = (typeof resolutions)[number];

/** Three times the place of its resolution, and the place of its orientation: for pictures whose width and height are known. */
export const shapeColumn = raw(`(3 * CASE
  WHEN m.width >= 7680 OR m.height >= 7680 OR (m.width >= 4320 AND m.height >= 4320) THEN 5
  WHEN m.width >= 3840 OR m.height >= 3840 OR (m.width >= 2160 AND m.height >= 2160) THEN 4
  WHEN m.width >= 2560 OR m.height >= 2560 OR (m.width >= 1440 AND m.height >= 1440) THEN 3
  WHEN m.width >= 1920 OR m.height >= 1920 OR (m.width >= 1080 AND m.height >= 1080) THEN 2
  WHEN m.width >= 1280 OR m.height >= 1280 OR (m.width >= 720 AND m.height >= 720) THEN 1
  ELSE 0 END + CASE WHEN m.width > m.height THEN 0 WHEN m.width < m.height THEN 1 ELSE 2 END)`);
export const hasShape = raw('m.width IS NOT NULL AND m.height IS NOT NULL');

/** Returns the shapes of pictures with any of these orientations and resolutions; left out: with any. */
export function shapesOf(
  wantedOrientations: readonly Orientation[] = orientations,
  wantedResolutions: readonly Resolution[] = resolutions,
): number[] {
  return wantedResolutions.flatMap((resolution) =>
    wantedOrientations.map((orientation) => 3 * resolutions.indexOf(resolution) + orientations.indexOf(orientation)),
  );
}

/** What the file of an item says of itself and its headers, as far as lists are asked for it. */
export type FactName = 'videoCodec' | 'audioCodec' | 'cameraMake' | 'cameraModel' | 'lens';

const paths: Record<FactName, { column: string; sqlite: string; postgresql: string }> = {
  videoCodec: { column: 'technical_metadata', sqlite: '$.video[0].codec', postgresql: '{video,0,codec}' },
  audioCodec: { column: 'technical_metadata', sqlite: '$.audio[0].codec', postgresql: '{audio,0,codec}' },
  cameraMake: { column: 'facts', sqlite: '$.camera.make', postgresql: '{camera,make}' },
  cameraModel: { column: 'facts', sqlite: '$.camera.model', postgresql: '{camera,model}' },
  lens: { column: 'facts', sqlite: '$.camera.lens', postgresql: '{camera,lens}' },
};

/** The text of a fact; NULL where it is not known. */
export function factColumn({ provider }: Pick<Database, 'provider'>, name: FactName): Sql {
  const path = paths[name];
  return provider === 'sqlite'
    ? raw(`(m.${path.column} ->> '${path.sqlite}')`)
    : raw(`(m.${path.column} #>> '${path.postgresql}')`);
}

/** Whether the file says where it was recorded. */
export function hasPlaceColumn({ provider }: Pick<Database, 'provider'>): Sql {
  return provider === 'sqlite'
    ? raw(`(m.facts ->> '$.place.latitude') IS NOT NULL`)
    : raw(`(m.facts #>> '{place,latitude}') IS NOT NULL`);
}
