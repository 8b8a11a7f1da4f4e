import type { GeneralTrack } from 'mediainfo.js';
import { toPlace } from './exif-facts.ts';
import type { PlaceFacts } from './facts.ts';
import type { Notes } from './notes.ts';

/** As MediaInfo writes it: `48.8577°N 2.2950°E 35.000m`. */
const inWords = /^(\d+(?:\.\d+)?)°([NS])\s+(\d+(?:\.\d+)?)°([EW])(?:\s+(-?\d+(?:\.\d+)?)m)?/;
/** By ISO 6709, in degrees: `+48.8577+002.2950+035.000/`. */
const inSigns = /^([+-]\d{1,3}(?:\.\d+)?)([+-]\d{1,3}(?:\.\d+)?)([+-]\d+(?:\.\d+)?)?/;

/** Returns where a film was taken, as phones write it; undefined where that is not known. */
export function filmPlace(general: GeneralTrack | undefined, notes: Notes): PlaceFacts | undefined {
  const { LOCATION: matroska, location, ...others } = general?.extra ?? {};
  const apple = others['com_apple_quicktime_location_ISO6709'];
  for (const text of [general?.Recorded_Location, apple, matroska, location]) {
    const place = typeof text === 'string' ? parsePlace(text) : null;
    if (place !== null) return toPlace(place, notes);
  }
  return undefined;
}

function parsePlace(text: string) {
  const words = inWords.exec(text);
  if (words !== null) {
    const [, latitude, north, longitude, east, altitude] = words;
    return {
      latitude: Number(latitude) * (north === 'S' ? -1 : 1),
      longitude: Number(longitude) * (east === 'W' ? -1 : 1),
      altitude: altitude === undefined ? undefined : Number(altitude),
    };
  }
  const signs = inSigns.exec(text);
  if (signs === null) return null;
  const [latitude, longitude, altitude] = signs.slice(1).map((part) => (part === undefined ? undefined : Number(part)));
  return { latitude, longitude, altitude };
}
