/** The message to a worker. */
export interface WorkerRequest<I = unknown> {
  name: string;
  input: I;
}

/** The answer of a worker. A task that threw is distinguished from a worker that ended, which does not answer. */
export type WorkerAnswer<O = unknown> = { ok: true; output: O } | { ok: false; error: unknown };

type Tasks = Readonly<Record<string, () => Promise<(input: never) => unknown>>>;

/** Runs one task of the map. */
export async function runRequest(tasks: Tasks, { name, input }: WorkerRequest): Promise<WorkerAnswer> {
  try {
    const task = await tasks[name]?.();
    if (task === undefined) throw new Error(`There is no task "${name}".`);
    return { ok: true, output: await task(input as never) };
  } catch (error) {
    return { ok: false, error };
  }
}
