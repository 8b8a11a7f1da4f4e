import { useRef } from 'react';

/** Whether something was ever so: what a tile has shown once it goes on showing, however quickly the list runs. */
export function useKept(isSo: boolean): boolean {
  const was = useRef(false);
  was.current ||= isSo;
  return was.current;
}
