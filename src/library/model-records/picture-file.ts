/** A picture to take over, for `openInside`. */
export interface PictureFile {
  rootPath: string;
  relativePath: string;
  /** The root is free of links, and must be so still. */
  isRealRoot?: boolean;
}
