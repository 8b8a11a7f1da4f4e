import { DomainError } from '../../base/errors/domain-error.ts';
import { openInside } from '../../base/files/open-inside.ts';

/** Whether the file of a catalogued item can be opened, inside its root. */
export async function hasFile({
  rootPath,
  relativePath,
}: {
  /** Null where its category is not configured any more. */
  rootPath: string | null;
  relativePath: string;
}): Promise<boolean> {
  try {
    if (rootPath === null) return false;
    const { handle } = await openInside(rootPath, relativePath);
    await handle.close();
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}
