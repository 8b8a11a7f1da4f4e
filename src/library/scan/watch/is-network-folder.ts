import { fileSystemOf } from '../../../base/files/file-system.ts';

/** Whether changes in a folder can only be found by polling: other machines make some that this one hears nothing of. */
export async function isNetworkFolder(path: string): Promise<boolean> {
  return (await fileSystemOf(path)).kind === 'network';
}
