import { basename, dirname } from 'node:path/posix';
import { expect, it } from 'vitest';
import { stemOf } from '../../../../src/library/metadata/describe-title.ts';
import { describeTrack } from '../../../../src/library/metadata/names/describe-track.ts';
import { readPlace } from '../../../../src/library/metadata/names/name-place.ts';

type Kind = Parameters<typeof readPlace>[0];

const albums: Kind = { mediaType: 'AUDIO', storageFormat: 'GROUP' };

function read(path: string, kind = albums) {
  return describeTrack(stemOf(basename(path)), readPlace(kind, path.includes('/') ? dirname(path) : ''));
}

type Place = [disc: number | null, side: string | null, track: number | null];

it.each<[string, ...Place]>([
  // The disc of the folder
  ['Album/CD2/05 Title.flac', 2, null, 5],
  ['Album/Disc 1/03 - Name.flac', 1, null, 3],
  ['Album/disk02/03. Name.flac', 2, null, 3],
  ['Album (Disc 2)/03 Name.flac', 2, null, 3],
  ['Album [CD1]/10 Name.flac', 1, null, 10],
  ['Album/CD 2 - Live/03 Name.flac', 2, null, 3],
  ['Album/ＣＤ２/０３ - Name.flac', 2, null, 3],
  ['Album/Disc 2/Name.flac', 2, null, null],
  ['Album/Disc 2/203 - Name.flac', 2, null, 3],
  ['Album/LP 2/03 - Name.flac', 2, null, 3],
  ['Hits CD 90s/03 - Name.flac', null, null, 3],
  ['LP1/03 - Name.flac', null, null, 3],
  // Disc and track in the name
  ['1-03 Name.mp3', 1, null, 3],
  ['Album/2-11 - Name.mp3', 2, null, 11],
  ['1.03 - Name.mp3', 1, null, 3],
  ['CD1-03 Name.mp3', 1, null, 3],
  ['Disc 2 - 03 - Name.mp3', 2, null, 3],
  ['d1t03 Name.mp3', 1, null, 3],
  ['Disc 1 Track 3.mp3', 1, null, 3],
  ['Artist - Album - 2-07 - Name.mp3', 2, null, 7],
  ['203-artist_name-song-grp.mp3', 2, null, 3],
  ['101 - Senjutsu.mp3', null, null, 101],
  // Sides
  ['A1 - Vinyl.mp3', 1, 'A', 1],
  ['B3. Name.flac', 1, 'B', 3],
  ['Album/C2 - Name.flac', 2, 'C', 2],
  ['[D1] Name.flac', 2, 'D', 1],
  ['A01 Name.flac', 1, 'A', 1],
  ['Album/A10 - Name.flac', 1, 'A', 10],
  ['Album/LP 2/A1 - Name.flac', 2, 'A', 1],
  ['Album/Side B/03 - Name.flac', 1, 'B', 3],
  ['Album/LP 2/Side D/01 - Name.flac', 2, 'D', 1],
  // Tracks alone
  ['01 - Name.mp3', null, null, 1],
  ['03. Name.mp3', null, null, 3],
  ['01 Name.mp3', null, null, 1],
  ['02-Yeahs.mp3', null, null, 2],
  ['07_name.mp3', null, null, 7],
  ['Track 09.mp3', null, null, 9],
  ['Piste 9.mp3', null, null, 9],
  ['10) Ten.mp3', null, null, 10],
  ['[11] Eleven.mp3', null, null, 11],
  ['(12) [Artist] Name.mp3', null, null, 12],
  ['１２ - Twelve.mp3', null, null, 12],
  ['12-artist-song-grp.mp3', null, null, 12],
  ['Artist - 03 - Name.mp3', null, null, 3],
  ['Artist - Album - 12 - Name.mp3', null, null, 12],
  ['Album/10 Name.m4a', null, null, 10],
  // What is none
  ['10 Years.mp3', null, null, null],
  ['1 Name.mp3', null, null, null],
  ['Album/99 Problems.mp3', null, null, null],
  ['Album/24K Magic.mp3', null, null, null],
  ['Album/7 Rings.mp3', null, null, null],
  ['1999.mp3', null, null, null],
  ['1999 - Artist.mp3', null, null, null],
  ['50-50.mp3', null, null, null],
  ['99-problems.mp3', null, null, null],
  ['Artist - 1999 - Name.mp3', null, null, null],
  ['U2 - One.mp3', null, null, null],
  ['D12 - Purple Hills.mp3', null, null, null],
  ['M83 - Midnight City.mp3', null, null, null],
  ['B2 Bomber.mp3', null, null, null],
  ['C4.mp3', null, null, null],
])('reads %j as disc %s, side %s, track %s', (path, discNumber, discSide, trackNumber) => {
  expect(read(path)).toEqual({ discNumber, discSide, trackNumber });
});

it.each<[string, Kind, ...Place]>([
  ['CD2/A1 - Name.jpg', { mediaType: 'IMAGE', storageFormat: 'COLLECTION' }, null, null, null],
  ['CD2/Film - 03 - Name.mkv', { mediaType: 'VIDEO', storageFormat: 'COLLECTION' }, null, null, null],
  ['Sounds/10 Bells.wav', { mediaType: 'AUDIO', storageFormat: 'COLLECTION' }, null, null, null],
])('reads %j in a category %j as disc %s, side %s, track %s', (path, kind, discNumber, discSide, trackNumber) => {
  expect(read(path, kind)).toEqual({ discNumber, discSide, trackNumber });
});
