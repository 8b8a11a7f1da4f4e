import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { unfinishedName } from '../../../src/base/files/unfinished.ts';
import { createModelImageUploads } from '../../../src/library/model-records/model-image-uploads.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { sha256Of } from '../../support/legacy-library.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describeOnEachDatabase('An upload of a picture', (open) => {
  it('has a name by which a start knows it as left behind where its process was killed', async () => {
    const database = await open();
    const sha256 = sha256Of('model');
    const data = { sha256, path: '/m/a.bin', createdAt: new Date(), meta: {}, searchText: '' };
    await database.prisma.model.create({ data });
    const names: string[] = [];
    const images = {
      incomingFolder: await temporaryFolder(),
      async add(_sha256: string, { relativePath }: { relativePath: string }) {
        names.push(relativePath);
        return { state: 'new' as const, seq: 0 };
      },
    };
    const uploads = createModelImageUploads({ database, images, maxBytes: 100 });
    await uploads.upload(sha256, { open: async () => ({ stream: Readable.from(['picture']) }) });
    expect(names.map((name) => makerOf(name))).toEqual([makerOf(unfinishedName())]);
  });
});

/** The host, the process and its life, without what tells the name from others. */
function makerOf(name: string): string[] {
  return name.split('.').slice(0, -1);
}
