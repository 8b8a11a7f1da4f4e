/** A place in a root where something happened. */
export interface ChangedPlace {
  /** A path from the root, with `/` between its parts; '' is all of it. */
  place: string;
  /** Whether a folder is or was there, or a link to one, as far as is known; false: it is or was a file. */
  mayBeFolder: boolean;
}

/** Is notified of what happens in a root. */
export interface RootListener {
  onPlaces(places: ChangedPlace[]): void;
  /** Events were lost: anything may have changed. */
  onGap(error: Error): void;
}
