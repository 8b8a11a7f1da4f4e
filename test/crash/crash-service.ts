import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where and how the process dies: `label#number:mode`, as the preload has it. */
interface StartOptions {
  environment?: Record<string, string> | undefined;
  killAt?: string | undefined;
  /** A file that gets the label of every operation. */
  trace?: string | undefined;
}

/** The real service, as a process of its own in a work folder. */
export interface CrashService {
  /** Of its endpoint, once it is ready; rejects where the process ends first. */
  url: Promise<string>;
  ended: Promise<void>;
  isRunning(): boolean;
  /** All that it printed. */
  output(): string;
  /** Sends an operation and gives its data. Throws where there is none. */
  request<T = Record<string, unknown>>(query: string, variables?: object): Promise<T>;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** kill -9, and waits for the end. */
  kill(): Promise<void>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const preload = join(root, 'test/crash/preload.cjs');
const startTimeoutMs = 60_000;

/** As the tests have compiled it, or else `npm run build`. */
const main = join(process.env.COMPILED_SOURCES ?? join(root, 'dist'), 'main.js');

/** Starts the compiled service on the folder. */
export function startCrashService(folder: string, { environment, killAt, trace }: StartOptions = {}): CrashService {
  const child = spawn(process.execPath, ['--require', preload, main, 'serve'], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'test',
      PRESSURE: 'off',
      PORT: '0',
      SCAN_ON_START: 'off',
      SCAN_LOSSES_PERCENT: '100',
      LEGACY_ROOTS: join(folder, 'legacy'),
      MODEL_ROOTS: join(folder, 'legacy'),
      CRASH_FOLDER: folder,
      ...environment,
      ...(killAt !== undefined && { CRASH_POINT: killAt }),
      ...(trace !== undefined && { CRASH_TRACE: trace }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const ended = once(child, 'close').then(() => undefined);
  const url = new Promise<string>((resolve, reject) => {
    const look = (text: string): void => {
      printed += text;
      const found = /"url":"([^"]+)".*is ready/.exec(printed)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.setEncoding('utf8').on('data', look);
    child.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text));
    void ended.then(() => reject(new Error(`the service ended before it was ready: ${printed.slice(-2_000)}`)));
    setTimeout(() => reject(new Error(`the service does not start: ${printed}`)), startTimeoutMs).unref();
  });
  url.catch(() => undefined); // whoever waits for it hears
  const fetchPath = async (path: string, init?: RequestInit) => fetch(new URL(path, await url), init);

  return {
    url,
    ended,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    output: () => printed,
    fetch: fetchPath,
    async request<T>(query: string, variables: object = {}) {
      const response = await fetchPath('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = (await response.json()) as { data?: T; errors?: { message: string }[] };
      if (errors !== undefined || data === undefined) throw new Error(JSON.stringify(errors ?? response.status));
      return data;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
