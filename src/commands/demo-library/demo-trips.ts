/** What a camera writes of itself. */
export interface DemoCamera {
  make: string;
  model: string;
  lens: string;
}

/** Some days with a camera, whose pictures lie in one folder. */
export interface DemoTrip {
  folder: string;
  /** The first day, such as 2014-07-03. */
  from: string;
  /** Latitude and longitude; a drawing has none. */
  place?: [number, number];
  camera?: DemoCamera;
  keywords: string[];
  /** The name of each picture, with what is drawn: the kind of scene and the hue of its sky. */
  pictures: [name: string, kind: SceneKind, hue: number][];
}

export type SceneKind =
  | 'mountains'
  | 'sea'
  | 'night'
  | 'city'
  | 'aurora'
  | 'forest'
  | 'blossoms'
  | 'wind'
  | 'signals'
  | 'tiles';

const fox: DemoCamera = { make: 'Foxglove', model: 'Foxglove M2', lens: '35mm F2' };
const heron: DemoCamera = { make: 'Heron', model: 'Heron 100', lens: '24-70mm F2.8' };
const phone: DemoCamera = { make: 'Pebble', model: 'Pebble 6', lens: 'Pebble 6 main camera' };

/** Places are real, cameras are not. */
export const demoTrips: DemoTrip[] = [
  {
    folder: '2025/Lofoten',
    from: '2025-09-11',
    place: [68.15, 13.61],
    camera: heron,
    keywords: ['Norway', 'coast', 'autumn'],
    pictures: [
      ['Fjord before Sunrise', 'mountains', 215],
      ['First Light on the Ridge', 'mountains', 18],
      ['The Harbour Wall', 'sea', 205],
      ['Evening on the Water', 'sea', 28],
      ['Green over Reine', 'aurora', 150],
      ['Violet over Reine', 'aurora', 275],
      ['Stars above the Camp', 'night', 225],
      ['Birches in the Fog', 'forest', 165],
    ],
  },
  {
    folder: '2025/Drawings',
    from: '2025-03-02',
    keywords: ['plotter', 'ink'],
    pictures: [
      ['North Wind', 'wind', 210],
      ['South Wind', 'wind', 20],
      ['Signals', 'signals', 0],
      ['Signals, Red', 'signals', 8],
      ['Tiles for a Kitchen', 'tiles', 40],
      ['Tiles for a Bath', 'tiles', 190],
      ['East Wind', 'wind', 130],
    ],
  },
  {
    folder: '2024/Lisbon',
    from: '2024-05-17',
    place: [38.71, -9.14],
    camera: phone,
    keywords: ['Portugal', 'city'],
    pictures: [
      ['Alfama at Night', 'city', 262],
      ['Rooftops', 'city', 22],
      ['Tejo at Noon', 'sea', 196],
      ['Tejo at Dusk', 'sea', 340],
      ['Azulejos', 'tiles', 215],
      ['Jacaranda', 'blossoms', 265],
      ['Lights across the River', 'city', 225],
    ],
  },
  {
    folder: '2023/Black Forest',
    from: '2023-10-28',
    place: [47.87, 8.0],
    camera: heron,
    keywords: ['Germany', 'forest', 'autumn'],
    pictures: [
      ['Mist in the Valley', 'forest', 190],
      ['Pines in the Rain', 'forest', 205],
      ['Pines in the Sun', 'forest', 95],
      ['Hills behind Hills', 'mountains', 35],
      ['The Last Warm Evening', 'mountains', 350],
      ['Night on the Feldberg', 'night', 235],
    ],
  },
  {
    folder: '2022/Garden',
    from: '2022-06-04',
    place: [52.2, 0.12],
    camera: fox,
    keywords: ['garden', 'flowers'],
    pictures: [
      ['Asters', 'blossoms', 280],
      ['Cosmos', 'blossoms', 330],
      ['Marigolds', 'blossoms', 35],
      ['Cornflowers', 'blossoms', 220],
      ['Daisies', 'blossoms', 160],
    ],
  },
  {
    folder: '2021/Dolomites',
    from: '2021-08-09',
    place: [46.54, 12.13],
    camera: heron,
    keywords: ['Italy', 'mountains', 'summer'],
    pictures: [
      ['Above the Clouds', 'mountains', 200],
      ['Enrosadira', 'mountains', 6],
      ['The Long Way Down', 'mountains', 45],
      ['Lago di Braies', 'sea', 180],
      ['Milky Way', 'night', 248],
      ['Larches', 'forest', 120],
      ['Blue Hour', 'mountains', 232],
    ],
  },
  {
    folder: '2019/Tokyo',
    from: '2019-11-22',
    place: [35.66, 139.7],
    camera: phone,
    keywords: ['Japan', 'city', 'night'],
    pictures: [
      ['Shibuya', 'city', 300],
      ['Shinjuku from Above', 'city', 245],
      ['Odaiba', 'sea', 265],
      ['Towers before Rain', 'city', 205],
      ['Cherry, Out of Season', 'blossoms', 345],
      ['Wrapping Paper', 'tiles', 350],
    ],
  },
  {
    folder: '2017/Namibia',
    from: '2017-04-30',
    place: [-24.73, 15.29],
    camera: fox,
    keywords: ['Namibia', 'desert'],
    pictures: [
      ['Dune 45', 'mountains', 24],
      ['Sossusvlei', 'mountains', 30],
      ['Night without a Lamp', 'night', 212],
      ['Skeleton Coast', 'sea', 210],
      ['Heat', 'mountains', 14],
    ],
  },
  {
    folder: '2014/Iceland',
    from: '2014-02-19',
    place: [64.05, -16.18],
    camera: fox,
    keywords: ['Iceland', 'winter'],
    pictures: [
      ['Jökulsárlón', 'sea', 190],
      ['Northern Sky', 'aurora', 165],
      ['Northern Sky, Later', 'aurora', 190],
      ['Vatnajökull', 'mountains', 205],
      ['Black Beach', 'sea', 225],
      ['Road to Nowhere', 'mountains', 260],
    ],
  },
  {
    folder: '2011/Brittany',
    from: '2011-07-14',
    place: [48.63, -4.57],
    camera: { make: 'Wren', model: 'Wren Compact', lens: '5.8-23.2mm F3.3-5.9' },
    keywords: ['France', 'coast', 'summer'],
    pictures: [
      ['Low Tide', 'sea', 170],
      ['The Lighthouse Side', 'sea', 20],
      ['Saint-Malo, Evening', 'city', 15],
      ['Hydrangeas', 'blossoms', 235],
      ['Storm from the West', 'wind', 205],
    ],
  },
];
