import { aurora, balloon, rings, tiles } from './geometric-scenes.ts';
import { city, mountains, night, sea } from './landscape-scenes.ts';
import type { Scene } from './scene.ts';

export interface DemoPicture {
  /** Path below the library's folder; the extension decides the format. */
  path: string;
  /** Width and height as displayed. */
  width: number;
  height: number;
  scene: Scene;
  /** Stores the picture lying on its side, as a camera held upright does, with EXIF orientation 6. */
  sideways?: true;
}

const dusk = mountains(['#2b2d5b', '#c9586c', '#ffc27a'], ['#8d5a7b', '#5d4470', '#39305a', '#1d1b3a'], 4);
const morning = mountains(['#9ed0e6', '#dff1f2', '#fdf0d5'], ['#a9c6cf', '#7ba6b0', '#4b7f86', '#235358'], 31);
const dunes = mountains(['#4ba3c3', '#cfe8ef', '#fbeed5'], ['#f2cc8f', '#e9b872', '#d99a55', '#b9733a'], 12);
const quietSea = sea(['#33265c', '#e0647a', '#ffc98b'], ['#c4566f', '#4a3a72', '#1c1a40'], 5);
const lagoon = sea(['#1d7fa3', '#8fd3dd', '#f7f0d4'], ['#5bc0be', '#1c7c8c', '#0b3c5d'], 8);
const stars = night(['#05071c', '#122150', '#38508f'], '#04060f', 9);
const bauhaus = tiles(['#f4f1de', '#e07a5f', '#3d405b', '#81b29a', '#f2cc8f'], 8, 6);
const mosaic = tiles(['#0b132b', '#1c2541', '#3a506b', '#5bc0be', '#f0f3bd'], 12, 15);

/**
 * The pictures have many sizes and shapes: above and below that of an image proxy, upright, wide, sideways,
 * transparent.
 */
export const demoPictures: DemoPicture[] = [
  { path: 'Photos/Landscapes/Mountains at Dusk.jpg', width: 2400, height: 1600, scene: dusk },
  { path: 'Photos/Landscapes/Morning_Haze.jpg', width: 3600, height: 1200, scene: morning },
  { path: 'Photos/Landscapes/Dunes.jpg', width: 1600, height: 900, scene: dunes },
  { path: 'Photos/Landscapes/Quiet Sea.jpg', width: 3000, height: 2000, scene: quietSea },
  { path: 'Photos/Landscapes/Lagoon.jpg', width: 640, height: 480, scene: lagoon },
  {
    path: 'Photos/Landscapes/Northern Lights.webp',
    width: 1600,
    height: 1000,
    scene: aurora('#07142b', ['#3ddc97', '#46b1c9', '#b14aed', '#3ddc97'], 3),
  },
  { path: 'Photos/Night/Stars over the Pines.jpg', width: 1920, height: 1080, scene: stars },
  {
    path: 'Photos/Night/City Lights.jpg',
    width: 1280,
    height: 1920,
    scene: city(['#1a1446', '#7b2d72', '#f28f5b'], '#120e2b', 2),
  },
  { path: 'Photos/Night/IMG_0042.jpg', width: 1200, height: 1800, scene: stars, sideways: true },
  { path: 'Photos/Shapes/Bauhaus Tiles.png', width: 1200, height: 1200, scene: bauhaus },
  { path: 'Photos/Shapes/Blue Mosaic.jpg', width: 1800, height: 1200, scene: mosaic },
  {
    path: 'Photos/Shapes/Rings.png',
    width: 800,
    height: 600,
    scene: rings(['#264653', '#2a9d8f', '#e9c46a', '#f4a261', '#e76f51']),
  },
  {
    path: 'Photos/Shapes/Paper Balloon.png',
    width: 1000,
    height: 1000,
    scene: balloon(['#e63946', '#f1faee', '#457b9d', '#f1faee', '#e63946']),
  },
  { path: 'Movies/The_Long_Tide (2021)-poster.jpg', width: 600, height: 900, scene: lagoon },
  { path: 'Music/The Lanterns/Harbour Songs/cover.jpg', width: 800, height: 800, scene: quietSea },
];
