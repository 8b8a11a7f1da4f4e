// A process that has orderly stopped, and of which native code still holds all threads of libuv.
import { pbkdf2 } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { createStop } = await import(pathToFileURL(join(process.env.COMPILED_SOURCES, 'commands/stop-signal.js')).href);
for (let index = 0; index < 8; index += 1) pbkdf2('a', 'b', 2 ** 31 - 1, 64, 'sha512', () => undefined);
createStop(async () => process.send('stopped'), { stopMs: 60_000, lingerMs: 100 });
process.send('ready');
