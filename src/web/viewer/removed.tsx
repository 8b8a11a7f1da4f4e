import { useMayEdit } from '../api/use-viewer.ts';
import type { Item } from '../media/item-documents.ts';
import { Button } from '../ui/button.tsx';
import { texts } from '../words/texts.ts';
import styles from './viewer.module.css';

/** Says of an item that it was removed, or that its file is missing, and takes it back where that can be done. */
export function Removed({ item, onRestore }: { item: Item; onRestore: () => void }) {
  const mayEdit = useMayEdit();
  const isDeleted = item.status === 'DELETED';
  return (
    <div className={styles.removed} role="status">
      <p>{isDeleted ? texts.viewer.removed : texts.viewer.missing}</p>
      {isDeleted && mayEdit && <Button onClick={onRestore}>{texts.viewer.putBack}</Button>}
    </div>
  );
}
