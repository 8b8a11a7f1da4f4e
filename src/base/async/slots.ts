import { ServiceBusyError } from '../errors/domain-error.ts';

/** Room for so many things at once. Who comes when it is full is refused at once: a queue would only let them wait. */
export interface Slots {
  /** Gives what ends it, which may be called again. Throws ServiceBusyError. */
  take(): () => void;
  /** The same for as long as the work takes. */
  run<T>(work: () => Promise<T>): Promise<T>;
  readonly taken: number;
}

/** `what` begins the sentence that the refused get, such as "Uploads". */
export function createSlots(limit: number, what: string): Slots {
  let taken = 0;

  function take(): () => void {
    if (taken >= limit) throw new ServiceBusyError(`${what} are limited to ${limit} at once, and there are as many.`);
    taken += 1;
    let isOver = false;
    return () => {
      if (!isOver) taken -= 1;
      isOver = true;
    };
  }

  return {
    take,
    async run(work) {
      const end = take();
      try {
        return await work();
      } finally {
        end();
      }
    },
    get taken() {
      return taken;
    },
  };
}
