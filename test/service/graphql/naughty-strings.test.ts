import { setTimeout } from 'node:timers/promises';
import { getNamedType, isAbstractType, isLeafType, isNonNullType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { encodePublicId } from '../../../src/base/public-id.ts';
import { schema } from '../../../src/service/schema/schema.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { findInputs, operationWith, type InputPlace, type SentOperation } from '../../support/schema-inputs.ts';
import { someId } from '../../support/schema-operations.ts';
import { subscribeOverSse } from '../../support/subscribe.ts';
import { startTestService, type TestService } from '../../support/test-service.ts';
import { makeVideo } from '../../support/upload.ts';

const range = (from: number, to: number) =>
  String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, index) => from + index));

const naughty: Record<string, string> = {
  nothing: '',
  blanks: ' \t ',
  'odd blanks': '\u00a0\u2003\u3000\ufeff',
  'lines of all kinds': 'a\r\nb\nc\rd\u2028e\u2029f\u0085g',
  'control characters': `${range(1, 31)}${range(127, 159)}\u001b[31mred`,
  'NUL inside': 'a\0b',
  'half a character': '\ud83d',
  'the other half': 'a\ude00b',
  'halves the wrong way round': '\ude00\ud83d',
  'no characters and private ones': '\ufffe\uffff\u{1fffe}\ue000\u{f0000}',
  'from right to left': 'שָׁלוֹם مرحبا',
  'turned around': '\u202egnp.exe\u202c \u2066x\u2069 \u200f',
  emoji: '👩‍👩‍👧‍👦🏳️‍🌈🇩🇪👍🏽',
  'marks upon marks': `Z${'\u0301\u0324\u035c'.repeat(200)}`,
  'composed and decomposed': 'é e\u0301 ﬁ Å ẞ ı İ',
  'invisible signs': '\u200b\u200c\u200d\u2060\u00ad',
  quotes: `'"\`‘“\\'\\"`,
  SQL: "'; DROP TABLE media_items; --",
  'SQL LIKE': '%_\\%',
  'a full-text query': '"a" NEAR/0 (b* OR NOT -c) :^ AND',
  'a way out': '../../../../etc/passwd',
  'a way out of Windows': '..\\..\\C:\\Windows\\win.ini',
  'an encoded way out': '%2e%2e%2f%252e%00',
  'a device': '/dev/zero',
  'a long path': 'a/'.repeat(3_000),
  HTML: '<script>alert(1)</script><img src=x onerror=alert(1)>&amp;',
  'a format': '%s%n%d%x {0} {} $1 $& ${7*7} #{7*7} {{7*7}}',
  XML: ']]><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>&b;',
  'a name of JavaScript': '__proto__',
  'another name of JavaScript': 'constructor',
  'a header': 'a\r\nSet-Cookie: a=b',
  'a number': '1e309',
  'a pattern': `${'(a+)+'.repeat(20)}$`,
  'an ID of nothing': Buffer.from('Nothing:1').toString('base64url'),
  'an ID with signs': Buffer.from("MediaItem:1' OR 1=1\0").toString('base64url'),
  'an ID of half a character': Buffer.from([0x4d, 0x3a, 0xff, 0xfe]).toString('base64url'),
  'something long': 'x'.repeat(100_000),
  'something long of many bytes': '😀'.repeat(50_000),
};

const textual = new Set(['String', 'ID', 'JSON']);
// A filter of media means the same wherever it is given, and has many texts: they are sent once.
const textInFilter = ({ path }: InputPlace) =>
  path.includes('filter') ? path.slice(path.indexOf('filter')).join('.') : null;
const places = findInputs(schema)
  .filter(({ type }) => textual.has(getNamedType(type).name))
  .filter((input, index, all) => {
    const text = textInFilter(input);
    return text === null || all.findIndex((other) => textInFilter(other) === text) === index;
  });

/** What a place is given: the text, and for JSON also objects with it as a value and as a name. */
function valuesOf({ type }: InputPlace, text: string): unknown[] {
  return getNamedType(type).name === 'JSON' ? [text, { text }, Object.fromEntries([[text, [text]]])] : [text];
}

/** Asks the result for what was given, where it has a value of that name. */
function echoOf({ field, path }: InputPlace): string {
  const type = getNamedType(field.type);
  if (isLeafType(type)) return '';
  const name = path.at(-1) ?? '';
  const members = isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
  const echoes = members.flatMap((member) => {
    const same = member.getFields()[name];
    const isError = member.getInterfaces().some((implemented) => implemented.name === 'Error');
    const isAskable = same && isLeafType(getNamedType(same.type)) && !same.args.some((arg) => isNonNullType(arg.type));
    return isAskable && !isError ? [`... on ${member.name} { ${member.name}_echo: ${name} }`] : [];
  });
  return `{ __typename ${echoes.join(' ')} }`;
}

interface Answer {
  status: number;
  body: { data?: Record<string, unknown> | null; errors?: { extensions?: Record<string, unknown> }[] };
}

async function send(service: TestService, { owner, field }: InputPlace, operation: SentOperation): Promise<Answer> {
  if (owner === schema.getSubscriptionType()) return { status: 200, body: await follow(service.url, operation) };
  const upload = findInputs(schema).find(
    (input) => input.field === field && getNamedType(input.type).name === 'Upload',
  );
  if (!upload) return (await service.post(operation)) as Answer;
  const form = new FormData();
  form.set('operations', JSON.stringify(operation));
  form.set('map', JSON.stringify({ file: [`variables.${upload.path.join('.')}`] }));
  form.set('file', new Blob([new Uint8Array(await makeVideo())]), 'film.mp4');
  const response = await fetch(service.url, { method: 'POST', body: form });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

/** Names nothing that could be followed, so there is an answer at once. */
async function follow(url: string, operation: SentOperation): Promise<Answer['body']> {
  const results = subscribeOverSse(url, operation);
  const first = await Promise.race([results.next(), setTimeout(5_000, null, { ref: false })]);
  if (!first?.value) return { errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR', reason: 'no answer' } }] };
  await results.return(undefined);
  return first.value as Answer['body'];
}

describe('naughty strings', () => {
  it('are sent wherever an operation takes text', () => {
    expect(places.map(({ place }) => place)).toEqual(
      expect.arrayContaining([
        'media.filter.search',
        'uploadMedia.input.title',
        'updateMedia.input.metadata',
        'mediaChanged.category',
      ]),
    );
    expect(places.length).toBeGreaterThan(50);
  });
});

describeOnEachDatabase('naughty strings', (open) => {
  it('come back as they were, or are refused for a reason', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    await service.writeFiles('movies', ['a.mp4']);
    await service.app.jobs.waitFor((await service.app.scanner.start({})).id);
    const { id } = await service.app.database.prisma.mediaItem.findFirstOrThrow();
    const itemId = encodePublicId('MediaItem', id);
    let echoed = 0;
    const faults: string[] = [];
    for (const input of places) {
      for (const [what, text] of Object.entries(naughty)) {
        for (const value of valuesOf(input, text)) {
          const { query, variables } = operationWith(input, value, echoOf(input));
          const real = JSON.parse(JSON.stringify(variables).replaceAll(someId, itemId)) as Record<string, unknown>;
          service.logged.length = 0;
          const { status, body } = await send(service, input, { query, variables: real });
          const codes = body.errors?.map(({ extensions }) => extensions?.['code']) ?? [];
          const result = body.data?.[input.field.name] as Record<string, unknown> | string | null;
          const echo =
            typeof result === 'object'
              ? Object.entries(result ?? {}).find(([name]) => name.endsWith('_echo'))
              : undefined;
          const isEchoed = echo === undefined || isSame(value, echo[1]);
          if (echo !== undefined) echoed += 1;
          const logged = service.logged.filter(({ level }) => Number(level) >= 50);
          const isFine = status < 500 && !codes.includes('INTERNAL_SERVER_ERROR') && isEchoed && logged.length === 0;
          if (!isFine)
            faults.push(`${input.place}, ${what}: ${status} ${JSON.stringify(echo ?? logged).slice(0, 400)}`);
        }
      }
    }
    expect(faults).toEqual([]);
    expect(echoed).toBeGreaterThan(100);
    expect((await service.post({ query: '{ __typename }' })).body).toEqual({ data: { __typename: 'Query' } });
    expect(await service.app.database.prisma.mediaItem.findUnique({ where: { id } })).not.toBeNull();
  });
});

/**
 * Blanks around a text are not kept; where nothing else was given, something else stands in its place. What was given as
 * metadata stands among what the service knows itself.
 */
function isSame(sent: unknown, got: unknown): boolean {
  // Tags are a list, and a run of blanks in one is a space.
  if (typeof sent === 'string' && Array.isArray(got)) {
    return sent.trim() === '' || got.includes(sent.trim().replaceAll(/\s+/g, ' '));
  }
  if (typeof sent === 'string') return sent.trim() === '' || got === sent || got === sent.trim();
  const entries = Object.entries(got as object);
  return Object.entries(sent as object).every(([name, value]) =>
    entries.some(([key, kept]) => key === name && JSON.stringify(kept) === JSON.stringify(value)),
  );
}
