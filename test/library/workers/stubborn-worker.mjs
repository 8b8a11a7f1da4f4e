// A worker whose pictures hang, exit or throw where their names say so; all others are rendered.
import { pbkdf2 } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const load = (name) => import(pathToFileURL(join(process.env.COMPILED_SOURCES, 'library/workers', name)).href);
const { answerParent } = await load('answer-parent.js');
const { runRequest } = await load('run-request.js');
const { tasks } = await load('tasks.js');
// What is loaded now does not count as the time of a task.
await tasks.renderPicture();

/** Holds all threads of libuv in native code, as a decoder does that does not come to its end. */
const hangNatively = () =>
  Promise.all(Array.from({ length: 8 }, () => promisify(pbkdf2)('a', 'b', 2 ** 31 - 1, 64, 'sha512')));

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
      if (text.includes('native')) await hangNatively();
      if (text.includes('later')) await new Promise((resolve) => setTimeout(resolve, 1000));
      return (await load())(input);
    },
  ]),
);

const answer = (request) => runRequest(stubborn, request);
answerParent(answer);
export default answer;
