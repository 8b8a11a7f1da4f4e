/** Draws itself into any size, as the inside of an SVG; what it leaves open stays transparent. */
export type Scene = (width: number, height: number) => string;
