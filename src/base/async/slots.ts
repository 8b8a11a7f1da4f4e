import { ServiceBusyError } from '../errors/domain-error.ts';

/** Room for a limited number at once. Whoever comes when it is full is refused: a queue would only let them wait. */
export interface Slots {
  /** Takes a slot and returns the function that frees it, which may be called again. Throws ServiceBusyError. */
  take(): () => void;
  /** Holds a slot for as long as the work takes. Throws ServiceBusyError. */
  run<T>(work: () => Promise<T>): Promise<T>;
  readonly taken: number;
}

/** `what` begins the message of the refusal, such as "Uploads". */
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
