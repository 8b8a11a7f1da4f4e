import { useEffect, useRef, useState } from 'react';
import { ServiceError, SignedOutError, UnreachableError } from '../api/api-errors.ts';
import { describeFailure } from '../api/describe-failure.ts';
import { noteSignedOut, useSignedOut } from '../api/signed-out.ts';
import { texts } from '../words/texts.ts';

export type Saving =
  | { kind: 'idle' | 'busy' | 'done' }
  /** It is tried again by itself: when somebody has signed in, or after some seconds. */
  | { kind: 'waiting'; reason: string; seconds: number | null }
  | { kind: 'refused'; reason: string };

const retrySeconds = 5;

/** Does something until it is done or refused. What fails because nobody is signed in, or nothing answers, is done again when that is over. */
export function useSaving(): {
  saving: Saving;
  run: (work: () => Promise<void>) => void;
  /** Does at once what waits. */
  retry: () => void;
  /** Forgets how the last one ended. */
  clear: () => void;
} {
  const [saving, setSaving] = useState<Saving>({ kind: 'idle' });
  const work = useRef<(() => Promise<void>) | null>(null);
  const isSignedOut = useSignedOut();
  const attempt = () => {
    const current = work.current;
    if (current === null) return;
    setSaving({ kind: 'busy' });
    current().then(
      () => work.current === current && setSaving({ kind: 'done' }),
      (error: unknown) => {
        if (error instanceof SignedOutError) noteSignedOut(error);
        if (work.current === current) setSaving(afterFailure(error));
      },
    );
  };
  const latest = useRef(attempt);
  latest.current = attempt;
  useEffect(() => {
    if (saving.kind !== 'waiting' || (saving.seconds === null && isSignedOut)) return;
    const timer = setTimeout(() => latest.current(), (saving.seconds ?? 0) * 1_000);
    return () => clearTimeout(timer);
  }, [saving, isSignedOut]);
  return {
    saving,
    run(next) {
      work.current = next;
      attempt();
    },
    retry: attempt,
    clear() {
      work.current = null;
      setSaving({ kind: 'idle' });
    },
  };
}

function afterFailure(error: unknown): Saving {
  if (error instanceof SignedOutError) return { kind: 'waiting', reason: texts.details.signedOut, seconds: null };
  const isPassing = error instanceof UnreachableError || (error instanceof ServiceError && error.isPassing);
  const reason = describeFailure(error);
  if (!isPassing) return { kind: 'refused', reason };
  const after = error instanceof ServiceError ? error.retryAfterSeconds : null;
  return { kind: 'waiting', reason, seconds: Math.max(retrySeconds, after ?? 0) };
}
