import { DomainError } from '../../../base/errors/domain-error.ts';

/** Some of the requested items are not in the catalogue, or not any more. */
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

/** Some files of the catalogue are not where they should be; nothing has been sent yet. */
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
    const subject = folder === '' ? `The category "${category}"` : `The folder "${shorten(folder)}" of "${category}"`;
    super(`${subject} has no available files: check its spelling, or scan the category.`);
  }
}

export class ArchiveTooLargeError extends DomainError {
  readonly code = 'ARCHIVE_TOO_LARGE';
  readonly httpStatus = 400;

  constructor(limit: number, { subject, advice } = { subject: 'The folder', advice: 'ask for its subfolders' }) {
    super(`${subject} has more than ${limit} files, which is too many for one archive: ${advice}.`);
  }
}

/** Nothing is kept under that token, or not for this caller: which of the two is not told. */
export class ArchiveNotPreparedError extends DomainError {
  readonly code = 'ARCHIVE_NOT_PREPARED';
  readonly httpStatus = 404;

  constructor() {
    super('There is no such archive, or not any more: prepare it again with `prepareArchive`.');
  }
}

/** An entry has another size than was announced; the archive has begun, so its stream breaks. */
export class ArchiveEntryChangedError extends DomainError {
  readonly code = 'ARCHIVE_ENTRY_CHANGED';
  readonly httpStatus = 500;

  constructor(entryName: string, announcedBytes: number, foundBytes: number) {
    super(`"${entryName}" had ${announcedBytes} bytes when the archive began and has ${foundBytes} now.`);
  }
}

/** The upstream's archive is no archive, is cut short, or holds something else than what was requested. */
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
