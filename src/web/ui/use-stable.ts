import { useRef } from 'react';

/** Returns a function that stays the same over all renderings and calls the one of the last: what is drawn with it need not be drawn again. */
export function useStable<Given extends unknown[], Result>(call: (...given: Given) => Result): typeof call {
  const latest = useRef(call);
  latest.current = call;
  return useRef((...given: Given) => latest.current(...given)).current;
}
