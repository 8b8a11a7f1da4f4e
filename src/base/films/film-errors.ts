import { DomainError } from '../errors/domain-error.ts';

/** The file holds no film of which a frame can be decoded here. */
export class UnreadableFilmError extends DomainError {
  readonly code = 'UNREADABLE_FILM';
  readonly httpStatus = 500;

  constructor(reason: string, options?: ErrorOptions) {
    super(`No frame of the film can be decoded: ${reason}`, options);
  }
}

/** A part of the film is wanted that was not brought here yet. */
export class FilmPartMissingError extends DomainError {
  readonly code = 'FILM_PART_MISSING';
  readonly httpStatus = 500;
  readonly position: number;

  constructor(position: number) {
    super(`The bytes of the film from ${position} on are not here yet.`);
    this.position = position;
  }
}

/** This machine has no decoder of films. */
export class NoFilmDecoderError extends DomainError {
  readonly code = 'NO_FILM_DECODER';
  readonly httpStatus = 500;

  constructor(reason: string) {
    super(`There is no decoder of films here: ${reason} Set FFMPEG_PATH to the program ffmpeg, or install it.`);
  }
}
