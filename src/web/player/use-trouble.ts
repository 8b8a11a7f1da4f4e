import { useEffect, useState } from 'react';
import { useSignedOut } from '../api/signed-out.ts';
import { askWhy, type Trouble } from './ask-why.ts';

interface TroubleState {
  trouble: Trouble | null;
  /** Is called when the element fails. */
  ask: () => void;
  /** Asks at once what is asked by itself later. */
  retry: () => void;
}

/** What keeps a film from playing. What passes is asked for again by itself; when the address gives bytes again, there is no trouble any more. */
export function useTrouble(streamUrl: string): TroubleState {
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const isSignedOut = useSignedOut();
  const askAgain = async (isWanted: () => boolean) => {
    const now = await askWhy(streamUrl);
    // Where there are bytes again, the film begins where it was, and fails again where it is damaged.
    if (isWanted()) setTrouble(now.kind === 'broken' ? null : now);
  };
  useEffect(() => {
    if (trouble === null || !('retryInSeconds' in trouble)) return;
    // Who has signed in does not wait.
    const waitsForSignIn = trouble.kind === 'signedOut';
    if (waitsForSignIn && isSignedOut) return;
    let isOver = false;
    const timer = setTimeout(() => void askAgain(() => !isOver), waitsForSignIn ? 0 : trouble.retryInSeconds * 1_000);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [trouble, isSignedOut, streamUrl]);
  return {
    trouble,
    ask: () => void askWhy(streamUrl).then(setTrouble),
    retry: () => void askAgain(() => true),
  };
}
