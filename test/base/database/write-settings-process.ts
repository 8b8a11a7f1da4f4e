// Another process that writes to the same database: node write-settings-process.js URL PREFIX COUNT
import { openDatabase } from '../../../src/base/database/open-database.ts';

const [url = '', prefix = '', count = '0'] = process.argv.slice(2);
const database = await openDatabase(url);
process.send?.('ready');
for (let index = 0; index < Number(count); index++) {
  await database.prisma.$transaction(async (transaction) => {
    await transaction.systemSetting.findMany();
    await transaction.systemSetting.create({ data: { key: `${prefix} ${index}`, value: index } });
  });
}
await database.close();
process.disconnect();
