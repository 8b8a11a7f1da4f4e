import { bytes, duration, localMoment, moment, number } from '../words/format.ts';
import { texts } from '../words/texts.ts';
import type { Item } from '../media/item-documents.ts';

/** What is known of an item, each with its name, as people read it. */
export function factsOf(item: Item): [string, string][] {
  const { camera, place, video, audio, caption, keywords, music } = item.facts ?? {};
  const words = texts.details;
  const all: [string, string | null | undefined | false][] = [
    [words.taken, localMoment(item.capturedAtLocal)],
    [words.camera, [camera?.make, camera?.model].filter(Boolean).join(' ')],
    [words.lens, camera?.lens],
    [words.exposure, camera && exposureOf(camera)],
    [words.place, place && `${place.latitude.toFixed(5)}, ${place.longitude.toFixed(5)}`],
    [words.caption, caption],
    [words.keywords, keywords?.join(', ')],
    [words.dimensions, !!item.width && !!item.height && `${number(item.width)} × ${number(item.height)}`],
    [words.length, typeof item.durationSeconds === 'number' && duration(item.durationSeconds)],
    [words.video, video?.map(({ codec, hdr }) => [codec, hdr].filter(Boolean).join(' ')).join(', ')],
    [words.audio, audio?.map(({ codec, language }) => [codec, language].filter(Boolean).join(' ')).join(', ')],
    [words.album, [music?.artist, music?.album, music?.year].filter(Boolean).join(' · ')],
    [words.size, bytes(item.sizeBytes)],
    [words.file, item.filename],
    [words.folder, item.relativePath.split('/').slice(0, -1).join('/')],
    [words.category, item.category.label],
    [words.added, moment(item.createdAt)],
    [words.beside, item.companions.map(({ filename }) => filename).join(', ')],
  ];
  return all.filter((fact): fact is [string, string] => typeof fact[1] === 'string' && fact[1] !== '');
}

function exposureOf(camera: NonNullable<NonNullable<Item['facts']>['camera']>): string {
  const { aperture, exposureSeconds, focalLengthMm, iso } = camera;
  const time =
    typeof exposureSeconds !== 'number'
      ? ''
      : exposureSeconds >= 0.5
        ? `${number(exposureSeconds)} s`
        : `1/${Math.round(1 / exposureSeconds)} s`;
  return [
    typeof aperture === 'number' ? `ƒ/${number(aperture)}` : '',
    time,
    typeof iso === 'number' ? `ISO ${number(iso)}` : '',
    typeof focalLengthMm === 'number' ? `${number(focalLengthMm)} mm` : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
