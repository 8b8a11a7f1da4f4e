/** One thing that was checked, and what to do where it is not as it should be. */
export interface Finding {
  state: 'ok' | 'warning' | 'fault';
  text: string;
}

/** Checks that what the text says is true: a check that throws makes it a fault with the reason. */
export async function attempt<T>(text: string, check: () => Promise<T>): Promise<{ value?: T; findings: Finding[] }> {
  try {
    return { value: await check(), findings: [{ state: 'ok', text }] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      findings: [{ state: 'fault', text: `not so: ${text}\n         ${reason.replaceAll('\n', '\n         ')}` }],
    };
  }
}
