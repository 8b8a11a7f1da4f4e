interface DemoMelody {
  path: string;
  notes: number[];
}

const [a, b, c, d, e, g, highA] = [220, 246.94, 261.63, 293.66, 329.63, 392, 440];

export const demoMelodies: DemoMelody[] = [
  { path: 'Music/The Lanterns/Harbour Songs/01 - First Light.wav', notes: [a, c, e, g, e, c, d, a] },
  { path: 'Music/The Lanterns/Harbour Songs/02 - Slack Water.wav', notes: [e, d, c, b, a, b, c, a] },
  { path: 'Music/The Lanterns/Harbour Songs/03 - Homeward.wav', notes: [g, e, highA, g, e, d, c, c] },
  { path: 'Music/The Lanterns/Night Ferry/01 - Casting Off.wav', notes: [c, e, g, e, c, e, g, c] },
  { path: 'Music/The Lanterns/Night Ferry/02 - Engine Room.wav', notes: [a, a, c, a, a, d, c, a] },
  { path: 'Music/The Lanterns/Night Ferry/03 - Buoys.wav', notes: [g, d, g, e, highA, e, g, d] },
  { path: 'Music/The Lanterns/Night Ferry/04 - Landfall.wav', notes: [e, g, highA, g, e, d, c, c] },
];
