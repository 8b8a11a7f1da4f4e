import { DomainError } from '../../base/errors/domain-error.ts';

/** The catalogue is one that these commands cannot copy. */
export class BackupUnsupportedError extends DomainError {
  readonly code = 'BACKUP_UNSUPPORTED';
  readonly httpStatus = 500;

  constructor() {
    super(
      'The catalogue is in PostgreSQL, which has its own tools: take `pg_dump` of DATABASE_URL first and a copy of ' +
        'DATA_DIR/images after it, and bring them back with `pg_restore` and a copy.',
    );
  }
}

export class NothingToBackUpError extends DomainError {
  readonly code = 'NOTHING_TO_BACK_UP';
  readonly httpStatus = 500;

  constructor(databasePath: string) {
    super(`There is no catalogue at ${databasePath}: start the service once, or correct DATA_DIR or DATABASE_URL.`);
  }
}

export class BackupRunningError extends DomainError {
  readonly code = 'BACKUP_RUNNING';
  readonly httpStatus = 500;

  constructor() {
    super('Another backup of this data folder is being taken. Wait until it has ended.');
  }
}

export class PicturesUnsettledError extends DomainError {
  readonly code = 'PICTURES_UNSETTLED';
  readonly httpStatus = 500;

  constructor() {
    super('Pending pictures come and go faster than they can be copied. Try again when the migration has ended.');
  }
}

export class BackupExistsError extends DomainError {
  readonly code = 'BACKUP_EXISTS';
  readonly httpStatus = 500;

  constructor(path: string) {
    super(`There is a file ${path} already. Choose another name, or replace it with --force.`);
  }
}

/** Not even with --force does an archive replace one of its sources, or what is no file. */
export class BackupPlaceError extends DomainError {
  readonly code = 'BACKUP_PLACE';
  readonly httpStatus = 500;

  constructor(path: string, what: string) {
    super(`The backup cannot take the place of ${path}: that is ${what}. Choose another name.`);
  }
}

/** The archive is not one that `backup` wrote, or not all of it, or not as it was written. */
export class BackupDamagedError extends DomainError {
  readonly code = 'BACKUP_DAMAGED';
  readonly httpStatus = 500;

  constructor(reason: string, options?: ErrorOptions) {
    super(`The backup cannot be used: ${reason}. Nothing was changed.`, options);
  }
}

export class BackupTooNewError extends DomainError {
  readonly code = 'BACKUP_TOO_NEW';
  readonly httpStatus = 500;

  constructor(version: string) {
    super(`The backup is of mediashelf ${version}, whose database this version does not know. Install that one first.`);
  }
}

export class CatalogueInUseError extends DomainError {
  readonly code = 'CATALOGUE_IN_USE';
  readonly httpStatus = 500;

  constructor() {
    super('A service or a command is using this data folder. Stop it first.');
  }
}

export class DataNotEmptyError extends DomainError {
  readonly code = 'DATA_NOT_EMPTY';
  readonly httpStatus = 500;

  constructor(names: readonly string[]) {
    super(
      `There is data already: ${names.join(', ')}. With --force the backup takes its place, and it is kept beside it.`,
    );
  }
}
