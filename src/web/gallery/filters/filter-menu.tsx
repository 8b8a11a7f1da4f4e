import { Popover } from '@base-ui/react/popover';
import { SlidersHorizontal } from 'lucide-react';
import type { Category } from '../../api/use-categories.ts';
import { countFilters, withoutFilters, type ListFilter, type View, type ViewChange } from '../../list/view.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import menu from '../../ui/menu.module.css';
import { texts } from '../../words/texts.ts';
import styles from './filter-menu.module.css';
import { Filters } from './filters.tsx';

interface FilterMenuProps {
  view: View;
  filter: ListFilter;
  category: Category | undefined;
  onChange: (change: ViewChange, options?: { replace?: boolean }) => void;
}

/** Everything that a list can be narrowed to. */
export function FilterMenu({ view, filter, category, onChange }: FilterMenuProps) {
  const inForce = countFilters({ ...view, q: undefined });
  return (
    <Popover.Root>
      <Popover.Trigger
        render={
          <IconButton label={texts.bar.filters} icon={<SlidersHorizontal />} data-active={inForce > 0 || undefined} />
        }
      />
      <Popover.Portal>
        <Popover.Positioner className={menu.positioner} align="end" sideOffset={4}>
          <Popover.Popup className={`${menu.popup} ${styles.panel}`} aria-label={texts.bar.filters}>
            <Filters
              key={JSON.stringify(withoutFilters(view))}
              view={view}
              filter={filter}
              category={category}
              onChange={onChange}
            />
            {inForce > 0 && (
              <Button className={styles.clear ?? ''} onClick={() => onChange(cleared(view))}>
                {texts.list.clear(inForce)}
              </Button>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** The words that were searched for stay. */
function cleared(view: View): ViewChange {
  const kept = { ...withoutFilters(view), q: view.q };
  return Object.fromEntries(Object.keys(view).map((name) => [name, kept[name as keyof typeof kept]]));
}
