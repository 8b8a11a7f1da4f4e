import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { UpstreamBrokenError } from './copyparty-errors.ts';
import type { UpstreamConnection } from './upstream-connections.ts';

/** The most that a socket gives at once; no more is buffered for a client that reads slowly. */
const highWaterMark = 64 * 1024;

/** The body of an answer that undici is receiving. What the reader does not take is not read from the socket either. */
export class UpstreamBody extends Readable {
  readonly #controller: Dispatcher.DispatchController;
  readonly #connection: Pick<UpstreamConnection, 'end'>;
  #isOver = false;

  constructor(controller: Dispatcher.DispatchController, connection: Pick<UpstreamConnection, 'end'>) {
    super({ highWaterMark });
    this.#controller = controller;
    this.#connection = connection;
  }

  receive(chunk: Buffer): void {
    if (!this.push(chunk)) this.#controller.pause();
  }

  complete(): void {
    this.#isOver = true;
    this.push(null);
  }

  break(cause: Error): void {
    this.#isOver = true;
    this.destroy(new UpstreamBrokenError(`the body broke off: ${cause.message}`, { cause }));
  }

  override _read(): void {
    if (!this.#isOver) this.#controller.resume();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    // Only the end of its connection shows copyparty that nobody wants the rest.
    if (!this.#isOver) this.#connection.end(error ?? new Error('the rest of the body is not wanted'));
    callback(error);
  }
}
