import { DomainError } from '../errors/domain-error.ts';

/** One thing that is wrong in the environment or in the media configuration, in words for the person who wrote it. */
export interface ConfigFault {
  /** The variable (`PORT`) or the path of the key (`categories[2].root_path`); empty for the file as a whole. */
  key: string;
  /** Position in the file, both from 1; left out for a variable. */
  line?: number;
  column?: number;
  found: string;
  expected: string;
}

/** Environment variables that the service cannot start with; `faults` has all of them, not just the first. */
export class SettingsError extends DomainError {
  readonly code = 'INVALID_SETTINGS';
  readonly httpStatus = 500;
  readonly faults: ConfigFault[];

  constructor(faults: ConfigFault[]) {
    super(`The environment has ${listFaults(faults)}`);
    this.faults = faults;
  }
}

/** A media configuration that breaks its format; `faults` has all of them, in the order of the file. */
export class MediaConfigError extends DomainError {
  readonly code = 'INVALID_MEDIA_CONFIG';
  readonly httpStatus = 500;
  readonly path: string;
  readonly faults: ConfigFault[];

  constructor(path: string, faults: ConfigFault[]) {
    super(`${path} has ${listFaults(faults)}`);
    this.path = path;
    this.faults = faults;
  }
}

/** There is no media configuration yet; the message is the instruction that creates one. */
export class MediaConfigMissingError extends DomainError {
  readonly code = 'MEDIA_CONFIG_MISSING';
  readonly httpStatus = 500;
  readonly path: string;

  constructor(path: string, example: string) {
    super(
      `There is no media configuration at ${path}. ` +
        `Create that file, or let MEDIA_CONFIG name another one. The least that it needs is one category:\n\n${example}`,
    );
    this.path = path;
  }
}

/** Something is there, and it cannot be read as a configuration: a folder, a forbidden, huge or binary file. */
export class MediaConfigUnreadableError extends DomainError {
  readonly code = 'MEDIA_CONFIG_UNREADABLE';
  readonly httpStatus = 500;
  readonly path: string;

  constructor(path: string, reason: string, options?: ErrorOptions) {
    super(`The media configuration ${path} cannot be read: ${reason}`, options);
    this.path = path;
  }
}

function listFaults(faults: ConfigFault[]): string {
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
  return [`${count}:`, ...faults.map(describeFault)].join('\n');
}

function describeFault({ key, line, column, found, expected }: ConfigFault): string {
  const position = line === undefined ? '' : ` (line ${line}, column ${column})`;
  return `  ${key || 'the file'}${position}: found ${found}, expected ${expected}`;
}
