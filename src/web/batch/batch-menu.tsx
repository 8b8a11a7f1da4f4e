import { Menu } from '@base-ui/react/menu';
import { Ellipsis } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { execute } from '../api/execute.ts';
import { useIsAdmin } from '../api/use-viewer.ts';
import { runJobs } from '../jobs/run-jobs.ts';
import { IconButton } from '../ui/button.tsx';
import menu from '../ui/menu.module.css';
import { say } from '../ui/say.ts';
import { batchTexts } from '../words/batch.ts';
import type { BatchProps } from './batch-props.ts';
import { HashManyDocument } from './documents.ts';

const dialogs = {
  proxies: lazy(async () => ({ default: (await import('./proxies-dialog.tsx')).ProxiesDialog })),
  analysis: lazy(async () => ({ default: (await import('./analysis-dialog.tsx')).AnalysisDialog })),
  category: lazy(async () => ({ default: (await import('./category-dialog.tsx')).CategoryDialog })),
  titles: lazy(async () => ({ default: (await import('./words-dialog.tsx')).WordsDialog })),
  deleteForGood: lazy(async () => ({ default: (await import('./delete-dialog.tsx')).DeleteDialog })),
};

type DialogName = keyof typeof dialogs;

interface BatchMenuProps extends Omit<BatchProps, 'onClose'> {
  /** Whether the list shows what was removed. */
  isTrash: boolean;
}

/** What else can be done with a selection, for those who may change items. */
export function BatchMenu({ isTrash, ...props }: BatchMenuProps) {
  const isAdmin = useIsAdmin();
  const [open, setOpen] = useState<DialogName | null>(null);
  const Dialog = open === null ? null : dialogs[open];
  const names: DialogName[] = [
    ...(isTrash ? [] : (['proxies', 'analysis', 'category', 'titles'] as const)),
    ...(isAdmin ? (['deleteForGood'] as const) : []),
  ];
  if (names.length === 0) return null;
  return (
    <>
      <Menu.Root>
        <Menu.Trigger render={<IconButton label={batchTexts.menu} icon={<Ellipsis />} />} />
        <Menu.Portal>
          <Menu.Positioner className={menu.positioner} align="end" sideOffset={4}>
            <Menu.Popup className={menu.popup}>
              {!isTrash && (
                <Menu.Item className={menu.item} onClick={() => void hash(props)}>
                  {batchTexts.hash}
                </Menu.Item>
              )}
              {names.map((name) => (
                <Menu.Item key={name} className={menu.item} onClick={() => setOpen(name)}>
                  {batchTexts[name]}
                </Menu.Item>
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <Suspense>{Dialog !== null && <Dialog {...props} onClose={() => setOpen(null)} />}</Suspense>
    </>
  );
}

async function hash({
  selections,
  onBegin,
  onDone,
}: Pick<BatchProps, 'selections' | 'onBegin' | 'onDone'>): Promise<void> {
  try {
    await runJobs(
      selections.map((selection) => async () => (await execute(HashManyDocument, { selection })).result),
      { onBegin, onUndo: onDone },
    );
    onDone();
  } catch (error) {
    say(describeFailure(error));
  }
}
