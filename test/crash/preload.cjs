// Loaded before the service, into the main thread and each worker: names and counts what is about to be done to the files
// and the database below CRASH_FOLDER, and at the point CRASH_POINT ("label#number:mode") kills the process with -9.
// Modes: `before` and `after` the operation, `torn` in its middle; `interrupt` sends Ctrl-C after it and lets the process go on.
// CRASH_TRACE is a file that gets each label, a line each.
'use strict';
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');
const { relative, resolve } = require('node:path');
const { fileURLToPath } = require('node:url');
const { isMainThread } = require('node:worker_threads');
const Database = require('better-sqlite3');

const folder = process.env.CRASH_FOLDER;
const trace = process.env.CRASH_TRACE;
const [, wantedLabel, wantedNumber, wantedMode] = /^(.*)#(\d+):(\w+)$/.exec(process.env.CRASH_POINT ?? '') ?? [];
const thread = isMainThread ? 'main' : 'worker';
const { appendFileSync, writeSync } = fs;
const counts = new Map();

/** The mode in which the process dies at this operation; undefined for all others. */
function begin(operation, subject) {
  if (subject === null) return undefined;
  const label = `${thread} ${operation} ${subject}`;
  const number = (counts.get(label) ?? 0) + 1;
  counts.set(label, number);
  if (trace !== undefined) appendFileSync(trace, `${label}\n`);
  return label === wantedLabel && number === Number(wantedNumber) ? wantedMode : undefined;
}

function die() {
  process.kill(process.pid, 'SIGKILL');
  for (;;); // until the signal has arrived
}

if (process.env.CRASH_OTHER_FILESYSTEM !== undefined) {
  // As between two filesystems: what arrived cannot be linked into the library.
  const { link } = fs.promises;
  fs.promises.link = async (from, to) => {
    const isAcross = !relative(folder, resolve(String(from))).startsWith('library');
    if (isAcross) throw Object.assign(new Error('EXDEV: cross-device link not permitted'), { code: 'EXDEV' });
    return link(from, to);
  };
}

/** What kind of file it is, without what differs between runs; null for one that lies elsewhere. */
function kindOf(path) {
  if (path instanceof URL) return kindOf(fileURLToPath(path));
  if (typeof path !== 'string' && !Buffer.isBuffer(path)) return null;
  const held = /^\/proc\/self\/fd\/(\d+)\/(.*)$/.exec(String(path));
  const name = held ? `library/…/${held[2]}` : relative(folder, resolve(String(path)));
  if (name.startsWith('..')) return null;
  return name
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>')
    .replaceAll(/[0-9a-f]{8}\.\d+\.[0-9a-f]{8}\.<uuid>/g, '<unfinished>')
    .replaceAll(/[0-9a-f]{16,}/g, '<hash>')
    .replace(/^data\/thumbnails\/[0-9a-f]{2}\b/, 'data/thumbnails/xx')
    .replaceAll(/\d+/g, '0');
}

/** Wraps a function that answers with a promise. `tear` does half of its work. */
function wrapAsync(owner, name, operation, subjectOf, tear) {
  const original = owner[name];
  owner[name] = async function wrapped(...args) {
    const mode = begin(operation, subjectOf(...args));
    if (mode === 'before') die();
    if (mode === 'torn') {
      await tear?.call(this, original, ...args);
      die();
    }
    const result = await original.apply(this, args);
    if (mode === 'after') die();
    if (mode === 'interrupt') process.kill(process.pid, 'SIGINT');
    return result;
  };
}

function wrapSync(owner, name, operation, subjectOf, tear) {
  const original = owner[name];
  owner[name] = function wrapped(...args) {
    const mode = begin(operation, subjectOf.call(this, ...args));
    if (mode === 'before') die();
    if (mode === 'torn') {
      tear?.call(this, original, ...args);
      die();
    }
    const result = original.apply(this, args);
    if (mode === 'after') die();
    return result;
  };
}

/** Wraps a function whose last argument is called at the end. */
function wrapCallback(owner, name, operation, subjectOf, done = () => undefined) {
  const original = owner[name];
  owner[name] = function wrapped(...args) {
    const callback = args.pop();
    if (typeof callback !== 'function') return original.call(this, ...args, callback);
    const mode = begin(operation, subjectOf(...args));
    if (mode === 'before') die();
    if (mode === 'torn') {
      tearWrite(...args);
      die();
    }
    return original.call(this, ...args, (...results) => {
      done(args, results);
      if (mode === 'after') die();
      callback(...results);
    });
  };
}

function tearWrite(fd, data, ...rest) {
  if (Array.isArray(data)) writeSync(fd, half(Buffer.concat(data)), 0, undefined, rest[0]);
  else if (Buffer.isBuffer(data)) writeSync(fd, half(data), 0, undefined, rest[2]);
}

const half = (data) => Buffer.from(data).subarray(0, Buffer.byteLength(data) >> 1);
const writes = (flags) => typeof flags === 'string' && /[wa+]/.test(flags);
const first = (path) => kindOf(path);
const second = (_from, to) => kindOf(to);

for (const name of ['unlink', 'rm', 'mkdir', 'truncate', 'utimes']) wrapAsync(fs.promises, name, name, first);
for (const name of ['rename', 'link', 'copyFile']) wrapAsync(fs.promises, name, name, second);
const tearFile = (original, path, data, ...rest) => original(path, half(data), ...rest);
for (const name of ['writeFile', 'appendFile']) wrapAsync(fs.promises, name, name, first, tearFile);

const paths = new Map();
const openHandle = fs.promises.open;
fs.promises.open = async function open(path, flags, ...rest) {
  const kind = kindOf(path);
  const mode = writes(flags) ? begin('create', kind) : undefined;
  if (mode === 'before') die();
  const handle = await openHandle(path, flags, ...rest);
  if (mode === 'after') die();
  const subject = () => kind;
  for (const name of ['sync', 'datasync', 'truncate']) wrapAsync(handle, name, name, subject);
  if (!writes(flags)) return handle;
  const tear = async (_original, data, ...more) => {
    if (Array.isArray(data)) tearWrite(handle.fd, data, more[0]);
    else writeSync(handle.fd, half(data));
  };
  for (const name of ['write', 'writev', 'writeFile', 'appendFile']) wrapAsync(handle, name, 'write', subject, tear);
  return handle;
};

wrapCallback(
  fs,
  'open',
  'create',
  (path, flags) => (writes(flags) ? kindOf(path) : null),
  ([path], [error, fd]) => error === null && paths.set(fd, kindOf(path)),
);
for (const name of ['write', 'writev']) wrapCallback(fs, name, 'write', (fd) => paths.get(fd) ?? null);
syncBuiltinESMExports();

/** Of a statement: its verb and table; null for what changes nothing. */
function statementOf(sql, { name }) {
  if (kindOf(name) === null) return null;
  const text = sql.replaceAll(/--.*$/gm, '').trim();
  if (/^(COMMIT|ROLLBACK)/i.test(text)) return text.split(/[\s;]/)[0].toUpperCase();
  const [, verb, table] =
    /^(INSERT|UPDATE|DELETE|CREATE|ALTER|DROP)\b\D*?[`"\s.]((?!into|or|from|ignore|main)\w+)[`"\s(]/i.exec(text) ?? [];
  return verb === undefined ? null : `${verb.toUpperCase()} ${table}`;
}

function tearScript(original, sql) {
  const parts = sql.split(/;\n\s*(?=--|CREATE|ALTER|DROP|INSERT|UPDATE|PRAGMA)/);
  if (parts.length > 1) original.call(this, parts.slice(0, parts.length >> 1).join(';\n'));
}

wrapSync(
  Database.prototype,
  'exec',
  'sql',
  function subject(sql) {
    return statementOf(sql, this);
  },
  tearScript,
);
const memory = new Database(':memory:');
const Statement = Object.getPrototypeOf(memory.prepare('SELECT 1'));
memory.close();
for (const name of ['run', 'all', 'get']) {
  wrapSync(Statement, name, 'sql', function subject() {
    return statementOf(this.source, this.database);
  });
}
