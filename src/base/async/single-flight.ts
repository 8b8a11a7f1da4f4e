import { ServiceBusyError } from '../errors/domain-error.ts';

/** Gives every caller the one result of what runs under the same key. */
export type SingleFlight<T> = (
  key: string,
  signal: AbortSignal,
  start: (signal: AbortSignal) => Promise<T>,
) => Promise<T>;

interface Flight<T> {
  result: Promise<T>;
  waiting: number;
  control: AbortController;
}

/**
 * Work that many ask for at once runs once. A caller that leaves, by its signal, gets that signal's reason; when the
 * last one has left, the signal of the work itself is aborted. A flight beyond `maxFlights` is refused with
 * ServiceBusyError.
 */
export function createSingleFlight<T>(maxFlights = Infinity): SingleFlight<T> {
  const flights = new Map<string, Flight<T>>();

  function takeOff(key: string, start: (signal: AbortSignal) => Promise<T>): Flight<T> {
    if (flights.size >= maxFlights) throw new ServiceBusyError(`${maxFlights} of these are being made as it is.`);
    const control = new AbortController();
    const flight: Flight<T> = { result: start(control.signal), waiting: 0, control };
    flights.set(key, flight);
    const land = () => forget(key, flight);
    flight.result.then(land, land);
    return flight;
  }

  function forget(key: string, flight: Flight<T>): void {
    if (flights.get(key) === flight) flights.delete(key);
  }

  return async (key, signal, start) => {
    signal.throwIfAborted();
    const flight = flights.get(key) ?? takeOff(key, start);
    flight.waiting += 1;
    return new Promise<T>((resolve, reject) => {
      const leave = () => {
        flight.waiting -= 1;
        if (flight.waiting === 0) {
          // Whoever comes now must not join what is being given up.
          forget(key, flight);
          flight.control.abort(signal.reason);
        }
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', leave, { once: true });
      const stay = () => signal.removeEventListener('abort', leave);
      flight.result.finally(stay).then(resolve, reject);
    });
  };
}
