// A worker whose pictures hang, exit or throw where their names say so; all others are rendered.
import { join } from 'node:path';

const workers = join(process.env.COMPILED_SOURCES, 'library/workers');
const { runRequest } = await import(join(workers, 'run-request.js'));
const { tasks } = await import(join(workers, 'tasks.js'));

function misbehave(text) {
  if (text.includes('hang')) for (;;);
  if (text.includes('exit')) process.exit(7);
  if (text.includes('abort')) process.abort();
  if (text.includes('later'))
    setImmediate(() => {
      throw new Error('thrown later');
    });
}

const stubborn = Object.fromEntries(
  Object.entries(tasks).map(([name, load]) => [
    name,
    async () => async (input) => {
      const text = JSON.stringify(input);
      misbehave(text);
      if (text.includes('later')) await new Promise((resolve) => setTimeout(resolve, 1000));
      return (await load())(input);
    },
  ]),
);

export default (request) => runRequest(stubborn, request);
