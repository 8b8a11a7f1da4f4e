import { randomBytes } from 'node:crypto';
import { access, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectPage, findBarriers, openPage, openServiceWithPage } from '../support/browser.ts';
import type { TestService } from '../support/test-service.ts';

const large = ['a', 'b', 'c', 'd', 'e'];
let service: TestService;

beforeAll(async () => {
  service = await openServiceWithPage();
  const draw = (name: string, side: number) =>
    sharp(randomBytes(side * side * 3), { raw: { width: side, height: side, channels: 3 } })
      .jpeg()
      .toFile(join(service.category('photos').rootPath, `${name}.jpg`));
  for (const name of large) await draw(name, 1_000);
  for (const name of ['small', 'exact']) await draw(name, name === 'small' ? 300 : 896);
  const { jobs, prober, scanner } = service.app;
  await jobs.waitFor((await scanner.start({})).id);
  await prober.drain();
});
afterAll(() => service.close());

it('finds all photos over 896 px without a proxy, and makes them, in two clicks', async () => {
  const page = await openPage(service);
  await page.getByRole('link', { name: 'Image proxies' }).waitFor();
  const begun = performance.now();
  await page.getByRole('link', { name: 'Image proxies' }).click();
  const nova = page.getByRole('region', { name: 'Nova' });
  await expectPage(nova.getByRole('status')).toHaveText('5 photos need one.');
  await nova.getByRole('button', { name: 'Make 5 proxies' }).click();
  await expectPage(nova.getByText('All 5 photos that need one have one.')).toBeVisible();
  console.info(
    `Two clicks and ${Math.round((performance.now() - begun) / 100) / 10} s from the library to five proxies.`,
  );
  const made = await service.app.database.prisma.imageProxy.findMany({ include: { mediaItem: true } });
  expect(new Set(made.map(({ mediaItem }) => mediaItem?.filename))).toEqual(
    new Set(large.map((name) => `${name}.jpg`)),
  );
  expect(made).toHaveLength(large.length);
  expect(new Set(made.map(({ height, width }) => `${width}x${height}`))).toEqual(new Set(['896x896']));
  expect(await findBarriers(page)).toEqual([]);

  // The original beside its proxy, with the keys alone.
  await page.getByRole('button', { name: /^Compare a with/ }).focus();
  await page.keyboard.press('Enter');
  const slider = page.getByRole('slider', { name: 'How much of the original is seen' });
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  await expectPage(slider).toHaveValue('49');
  await expectPage(page.getByRole('dialog')).toContainText('Proxy: 896 × 896');
  expect(await findBarriers(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expectPage(page.getByRole('dialog')).toHaveCount(0);
});

it('tells first what a run would save and what is left over of photos that are gone, and removes that', async () => {
  const page = await openPage(service, '/proxies', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  const { database, jobs } = service.app;
  const gone = await database.prisma.mediaItem.findFirstOrThrow({ where: { filename: 'a.jpg' } });
  await service.app.removal.deleteMany([gone.id], { removeFile: true });
  const leftOver = join(service.folder, 'data/proxy_image', 'gone_999_nova.jpg');
  await writeFile(leftOver, 'no row has it');
  // What is young may still get its row.
  await utimes(leftOver, 0, 0);
  await sharp(randomBytes(1_200 * 1_200 * 3), { raw: { width: 1_200, height: 1_200, channels: 3 } })
    .jpeg()
    .toFile(join(service.category('photos').rootPath, 'new.jpg'));
  await jobs.waitFor((await service.app.scanner.start({})).id);
  await service.app.prober.drain();
  await page.reload();
  const nova = page.getByRole('region', { name: 'Nova' });
  await expectPage(nova.getByRole('status')).toHaveText('1 photo needs one.');
  await nova.getByRole('button', { name: 'See what it saves' }).click();
  await expectPage(nova.getByRole('status')).toHaveText(
    /^1 photo needs one, about [\d.]+ kB instead of [\d.]+ (k|M)B\.$/,
  );
  await expectPage(nova.getByText('1 file of photos that are gone is removed with it.')).toBeVisible();
  expect(await findBarriers(page)).toEqual([]);
  await nova.getByRole('button', { name: 'Make 1 proxy' }).click();
  await expectPage(nova.getByText('All 5 photos that need one have one.')).toBeVisible();
  await expect(access(leftOver)).rejects.toThrow('ENOENT');
});
