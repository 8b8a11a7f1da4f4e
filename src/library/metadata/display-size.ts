interface DisplaySize {
  width: number | null;
  height: number | null;
}

/**
 * Returns the size at which a video is shown, in square pixels: stretched by its pixel aspect ratio, then turned. Both
 * are null where one is unknown or absurd.
 */
export function displaySize(track: {
  Width?: number;
  Height?: number;
  PixelAspectRatio?: number;
  /** Degrees, such as `90.000`. */
  Rotation?: string;
}): DisplaySize {
  const { Width: codedWidth, Height: height } = track;
  if (!isPlausible(codedWidth) || !isPlausible(height)) return { width: null, height: null };
  const ratio = track.PixelAspectRatio ?? 1;
  // Real ones lie between 0.8 (PAL on computers) and 2 (anamorphic film); a broken header can hold any.
  const width = ratio >= 0.25 && ratio <= 4 ? Math.round(codedWidth * ratio) : codedWidth;
  const quarterTurns = Math.round(Number(track.Rotation ?? 0) / 90);
  return quarterTurns % 2 === 0 ? { width, height } : { width: height, height: width };
}

/** The largest picture that any codec in use can hold is 65536 pixels wide (AV1). */
function isPlausible(size: number | undefined): size is number {
  return size !== undefined && size > 0 && size <= 65_536;
}
