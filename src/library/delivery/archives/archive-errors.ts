import { DomainError } from '../../../base/errors/domain-error.ts';

/** Items that were asked for and that the catalogue does not have, or not any more. */
export class ArchiveItemsNotFoundError extends DomainError {
  readonly code = 'MEDIA_NOT_FOUND';
  readonly httpStatus = 404;
  readonly publicIds: readonly string[];

  constructor(publicIds: readonly string[]) {
    super(
      `There are no media items with these IDs: ${listSome(publicIds)}. They may have been deleted; leave them out to get the others.`,
    );
    this.publicIds = publicIds;
  }
}

/** Files that the catalogue has and that are not where they should be, as was found before anything was sent. */
export class ArchiveFilesNotFoundError extends DomainError {
  readonly code = 'FILE_NOT_FOUND_ON_DISK';
  readonly httpStatus = 404;
  readonly relativePaths: readonly string[];

  constructor(relativePaths: readonly string[], options?: ErrorOptions) {
    super(
      `These files are not there any more: ${listSome(relativePaths)}. A scan brings the catalogue up to date.`,
      options,
    );
    this.relativePaths = relativePaths;
  }
}

export class EmptyFolderError extends DomainError {
  readonly code = 'EMPTY_FOLDER';
  readonly httpStatus = 404;

  constructor(category: string, folder: string) {
    const place = folder === '' ? `The category "${category}"` : `The folder "${shorten(folder)}" of "${category}"`;
    super(`${place} has no available files: check its spelling, or scan the category.`);
  }
}

export class ArchiveTooLargeError extends DomainError {
  readonly code = 'ARCHIVE_TOO_LARGE';
  readonly httpStatus = 400;

  constructor(limit: number) {
    super(`The folder has more than ${limit} files, which is too many for one archive: ask for its subfolders.`);
  }
}

/** An entry is not what was announced; the archive has begun, so it is broken off. */
export class ArchiveEntryChangedError extends DomainError {
  readonly code = 'ARCHIVE_ENTRY_CHANGED';
  readonly httpStatus = 500;

  constructor(entryName: string, announcedBytes: number, foundBytes: number) {
    super(`"${entryName}" had ${announcedBytes} bytes when the archive began and has ${foundBytes} now.`);
  }
}

/** The upstream's archive is none, is cut short, or holds something else than what was asked for. */
export class UpstreamArchiveError extends DomainError {
  readonly code = 'UPSTREAM_ARCHIVE_BROKEN';
  readonly httpStatus = 500;

  constructor(fault: string) {
    super(`copyparty's archive cannot be passed on: ${fault}.`);
  }
}

const maxListed = 20;

function listSome(names: readonly string[]): string {
  const listed = names.slice(0, maxListed).map((name) => `"${shorten(name)}"`);
  const others = names.length - listed.length;
  return listed.join(', ') + (others > 0 ? ` and ${others} more` : '');
}

function shorten(name: string): string {
  return name.length > 200 ? `${name.slice(0, 200)}…` : name;
}
