interface DemoMelody {
  path: string;
  notes: number[];
}

const [a, b, c, d, e, g, highA] = [220, 246.94, 261.63, 293.66, 329.63, 392, 440];

export const demoMelodies: DemoMelody[] = [
  { path: 'Music/The Lanterns/Harbour Songs/01 - First Light.wav', notes: [a, c, e, g, e, c, d, a] },
  { path: 'Music/The Lanterns/Harbour Songs/02 - Slack Water.wav', notes: [e, d, c, b, a, b, c, a] },
  { path: 'Music/The Lanterns/Harbour Songs/03 - Homeward.wav', notes: [g, e, highA, g, e, d, c, c] },
];
