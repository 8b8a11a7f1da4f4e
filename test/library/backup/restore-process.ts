// Restores an archive in a process of its own, which a test kills: node … <folder> <archive>
import { restoreLibrary } from './backed-up-library.ts';

const [folder = '', archive = ''] = process.argv.slice(2);
process.stdout.write('begins\n');
await restoreLibrary(folder, archive, { force: true });
