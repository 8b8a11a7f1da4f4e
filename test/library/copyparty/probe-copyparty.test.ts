import { describe, expect, it } from 'vitest';
import { probeCopyparty } from '../../../src/library/copyparty/probe-copyparty.ts';
import { fakePassword, startFakeCopyparty, type FakeCopyparty } from '../../support/fake-copyparty.ts';
import { openCopyparty } from '../../support/open-copyparty.ts';

const categories = [
  { key: 'movies', copypartyPath: '/movies' },
  { key: 'photos', copypartyPath: '/photos' },
];

async function startLibrary(): Promise<FakeCopyparty> {
  const fake = await startFakeCopyparty();
  fake.addFile('/movies/Some Series/1.mp4');
  fake.addFile('/photos/a b.jpg');
  return fake;
}

async function probe(fake: FakeCopyparty, password: string | undefined = fakePassword, asked = categories) {
  const { signal } = new AbortController();
  const copyparty = openCopyparty(fake.url, { password });
  const report = await probeCopyparty({ copyparty, categories: asked, hasPassword: password !== undefined, signal });
  return { ...report, findings: report.findings.map(({ state, text }) => `${state}: ${text}`) };
}

describe('the probe of copyparty', () => {
  it('finds what it can do', async () => {
    expect(await probe(await startLibrary())).toEqual({
      checkedAt: expect.any(Date) as Date,
      isUsable: true,
      findings: [
        'ok: copyparty answers',
        'ok: copyparty knows the service as its user svc',
        'ok: copyparty shows /movies, of movies',
        'ok: copyparty shows /photos, of photos',
        'ok: copyparty sends ranges of files',
        'ok: copyparty makes thumbnails',
        'ok: copyparty packs archives',
      ],
    });
  });

  it('says nothing of what there is no file to try it on', async () => {
    const fake = await startFakeCopyparty();
    fake.addFile('/movies/empty.mp4', '');
    const { findings } = await probe(fake, fakePassword, categories.slice(0, 1));
    expect(findings.slice(2)).toEqual(['ok: copyparty shows /movies, of movies']);
  });

  it('finds that nobody answers, and why', async () => {
    const fake = await startLibrary();
    await fake.stop();
    const { isUsable, findings } = await probe(fake);
    expect(isUsable).toBe(false);
    expect(findings).toEqual([
      `fault: copyparty does not answer (connect ECONNREFUSED 127.0.0.1:${fake.port}): start it, or correct COPYPARTY_URL`,
    ]);
  });

  it('finds that the password is wrong, without being banned for asking', async () => {
    const fake = await startLibrary();
    const many = Array.from({ length: 12 }, (_, index) => ({ key: `k${index}`, copypartyPath: `/movies/${index}` }));
    const { isUsable, findings } = await probe(fake, 'wrong', many);
    expect(isUsable).toBe(false);
    expect(findings.slice(0, 3)).toEqual([
      'ok: copyparty answers',
      'fault: copyparty does not accept the password: correct COPYPARTY_PASSWORD',
      "fault: copyparty does not show /movies/0, of k0: let the service's user read it, or correct copyparty_path",
    ]);
    expect(findings).toHaveLength(14);
    expect(fake.requests.length).toBeLessThan(9);
  });

  it('finds that copyparty has banned the service', async () => {
    const fake = await startLibrary();
    fake.fault = { kind: 'answers', status: 403, body: 'thank you for playing' };
    const { isUsable, findings } = await probe(fake);
    expect(isUsable).toBe(false);
    expect(findings).toEqual([expect.stringMatching(/^fault: copyparty has banned the address of this service/)]);
  });

  it('finds a category that copyparty does not show, and goes on with the others', async () => {
    const asked = [
      ...categories,
      { key: 'music', copypartyPath: '/movies/Music' },
      { key: 'tv', copypartyPath: '/tv' },
    ];
    const { isUsable, findings } = await probe(await startLibrary(), fakePassword, asked);
    expect(isUsable).toBe(true);
    expect(findings.filter((finding) => !finding.startsWith('ok'))).toEqual([
      'fault: copyparty does not show /movies/Music, of music: correct copyparty_path',
      "fault: copyparty does not show /tv, of tv: let the service's user read it, or correct copyparty_path",
    ]);
  });
});
