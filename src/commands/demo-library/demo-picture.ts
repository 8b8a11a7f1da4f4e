import type { DemoCamera } from './demo-trips.ts';
import type { Scene } from './scene.ts';

/** What a picture says of itself, as a camera or a person wrote it. */
export interface DemoFacts {
  /** By the clock of the place, such as 2014-07-03T18:20:11. */
  taken: string;
  camera?: DemoCamera;
  exposure?: { aperture: number; seconds: number; iso: number };
  /** Latitude and longitude. */
  place?: [number, number];
  keywords?: string[];
}

export interface DemoPicture {
  /** Path below the library's folder; the extension decides the format. */
  path: string;
  /** Width and height as displayed. */
  width: number;
  height: number;
  scene: Scene;
  /** Stores the picture lying on its side, as a camera held upright does, with EXIF orientation 6. */
  sideways?: true;
  facts?: DemoFacts;
}
