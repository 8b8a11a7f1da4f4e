import type { DemoFacts, DemoPicture } from './demo-picture.ts';
import { demoTrips } from './demo-trips.ts';
import { aurora, balloon, rings, tiles } from './geometric-scenes.ts';
import { city, mountains, night, sea } from './landscape-scenes.ts';
import { planTrips } from './plan-trips.ts';

const dusk = mountains(['#2b2d5b', '#c9586c', '#ffc27a'], ['#8d5a7b', '#5d4470', '#39305a', '#1d1b3a'], 4);
const morning = mountains(['#9ed0e6', '#dff1f2', '#fdf0d5'], ['#a9c6cf', '#7ba6b0', '#4b7f86', '#235358'], 31);
const dunes = mountains(['#4ba3c3', '#cfe8ef', '#fbeed5'], ['#f2cc8f', '#e9b872', '#d99a55', '#b9733a'], 12);
const quietSea = sea(['#33265c', '#e0647a', '#ffc98b'], ['#c4566f', '#4a3a72', '#1c1a40'], 5);
const lagoon = sea(['#1d7fa3', '#8fd3dd', '#f7f0d4'], ['#5bc0be', '#1c7c8c', '#0b3c5d'], 8);
const stars = night(['#05071c', '#122150', '#38508f'], '#04060f', 9);
const bauhaus = tiles(['#f4f1de', '#e07a5f', '#3d405b', '#81b29a', '#f2cc8f'], 8, 6);
const paperPlanets = rings(['#1d3557', '#457b9d', '#f1faee', '#e9c46a', '#e76f51']);
const harbour = city(['#0b1d3a', '#2f4f7f', '#f4a261'], '#081225', 21);
const ferry = night(['#03071e', '#14213d', '#415a77'], '#020409', 33);
const mosaic = tiles(['#0b132b', '#1c2541', '#3a506b', '#5bc0be', '#f0f3bd'], 12, 15);

const years = (year: number, day: string): DemoFacts => ({ taken: `${year}-${day}T17:42:00` });

/**
 * The pictures have many sizes and shapes: above and below that of an image proxy, upright, wide, sideways,
 * transparent.
 */
export const demoPictures: DemoPicture[] = [
  {
    path: 'Photos/Landscapes/Mountains at Dusk.jpg',
    width: 2400,
    height: 1600,
    scene: dusk,
    facts: years(2016, '08-02'),
  },
  {
    path: 'Photos/Landscapes/Morning_Haze.jpg',
    width: 3600,
    height: 1200,
    scene: morning,
    facts: years(2016, '08-03'),
  },
  { path: 'Photos/Landscapes/Dunes.jpg', width: 1600, height: 900, scene: dunes, facts: years(2017, '05-01') },
  { path: 'Photos/Landscapes/Quiet Sea.jpg', width: 3000, height: 2000, scene: quietSea, facts: years(2018, '07-21') },
  { path: 'Photos/Landscapes/Lagoon.jpg', width: 640, height: 480, scene: lagoon, facts: years(2018, '07-22') },
  {
    path: 'Photos/Landscapes/Northern Lights.webp',
    width: 1600,
    height: 1000,
    facts: years(2014, '02-21'),
    scene: aurora('#07142b', ['#3ddc97', '#46b1c9', '#b14aed', '#3ddc97'], 3),
  },
  {
    path: 'Photos/Night/Stars over the Pines.jpg',
    width: 1920,
    height: 1080,
    scene: stars,
    facts: years(2020, '08-12'),
  },
  {
    path: 'Photos/Night/City Lights.jpg',
    width: 1280,
    height: 1920,
    scene: city(['#1a1446', '#7b2d72', '#f28f5b'], '#120e2b', 2),
    facts: years(2020, '12-30'),
  },
  {
    path: 'Photos/Night/IMG_0042.jpg',
    width: 1200,
    height: 1800,
    scene: stars,
    sideways: true,
    facts: years(2020, '08-12'),
  },
  { path: 'Photos/Shapes/Bauhaus Tiles.png', width: 1200, height: 1200, scene: bauhaus, facts: years(2022, '01-15') },
  { path: 'Photos/Shapes/Blue Mosaic.jpg', width: 1800, height: 1200, scene: mosaic, facts: years(2022, '01-15') },
  {
    path: 'Photos/Shapes/Rings.png',
    width: 800,
    height: 600,
    facts: years(2022, '01-16'),
    scene: rings(['#264653', '#2a9d8f', '#e9c46a', '#f4a261', '#e76f51']),
  },
  {
    path: 'Photos/Shapes/Paper Balloon.png',
    width: 1000,
    height: 1000,
    facts: years(2022, '01-16'),
    scene: balloon(['#e63946', '#f1faee', '#457b9d', '#f1faee', '#e63946']),
  },
  { path: 'Movies/The_Long_Tide (2021)-poster.jpg', width: 600, height: 900, scene: lagoon },
  { path: 'Movies/Paper.Planets.(2019)-poster.jpg', width: 600, height: 900, scene: paperPlanets },
  { path: 'TV Shows/Harbour Lights/poster.jpg', width: 600, height: 900, scene: harbour },
  { path: 'Music/The Lanterns/Harbour Songs/cover.jpg', width: 800, height: 800, scene: quietSea },
  { path: 'Music/The Lanterns/Night Ferry/cover.jpg', width: 800, height: 800, scene: ferry },
  { path: 'Photos/Odd Files/A Strip.png', width: 2400, height: 120, scene: mosaic, facts: years(2024, '11-02') },
  { path: 'Photos/Odd Files/A Tower.jpg', width: 160, height: 2400, scene: stars, facts: years(2024, '11-02') },
  { path: 'Photos/Odd Files/Modern.avif', width: 960, height: 640, scene: lagoon, facts: years(2024, '11-02') },
  { path: 'Photos/Odd Files/Scanned.tif', width: 900, height: 640, scene: bauhaus, facts: years(2024, '11-02') },
  ...planTrips(demoTrips),
];
