import { Popover } from '@base-ui/react/popover';
import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useOperation } from '../api/use-operation.ts';
import { number } from '../words/format.ts';
import { texts } from '../words/texts.ts';
import { useCategories, type Category } from '../api/use-categories.ts';
import { graphql } from '../generated/gql.ts';
import { mediaTypes, statuses, type View, type ViewChange } from '../list/view.ts';
import { IconButton } from '../ui/button.tsx';
import menu from '../ui/menu.module.css';
import styles from './filter-menu.module.css';

const TagsDocument = graphql(/* GraphQL */ `
  query Tags {
    mediaTags(first: 100) {
      name
      itemCount
    }
  }
`);

interface FilterMenuProps {
  view: View;
  category: Category | undefined;
  onChange: (change: ViewChange, options?: { replace?: boolean }) => void;
}

/** Everything that a list can be narrowed to. */
export function FilterMenu({ view, category, onChange }: FilterMenuProps) {
  return (
    <Popover.Root>
      <Popover.Trigger render={<IconButton label={texts.bar.filters} icon={<SlidersHorizontal />} />} />
      <Popover.Portal>
        <Popover.Positioner className={menu.positioner} align="end" sideOffset={4}>
          <Popover.Popup className={`${menu.popup} ${styles.panel}`} aria-label={texts.bar.filters}>
            <Filters view={view} category={category} onChange={onChange} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Filters({ view, category, onChange }: FilterMenuProps) {
  const { categories } = useCategories();
  const { data } = useOperation(TagsDocument, undefined, { staleTime: 10_000 });
  const set = (change: Record<string, unknown>) => onChange(change);
  const toggled = <Value extends string>(values: readonly Value[] | undefined, value: Value) => {
    const rest = values?.includes(value) ? values.filter((each) => each !== value) : [...(values ?? []), value];
    return rest.length === 0 ? undefined : rest;
  };
  return (
    <div className={styles.groups}>
      {category === undefined && (
        <>
          <Group title={texts.bar.type}>
            {mediaTypes.map((type) => (
              <Toggle
                key={type}
                isOn={view.type?.includes(type)}
                onClick={() => set({ type: toggled(view.type, type) })}
              >
                {texts.bar.types[type]}
              </Toggle>
            ))}
          </Group>
          <Group title={texts.details.category}>
            {categories.map(({ key, label }) => (
              <Toggle key={key} isOn={view.cat?.includes(key)} onClick={() => set({ cat: toggled(view.cat, key) })}>
                {label}
              </Toggle>
            ))}
          </Group>
        </>
      )}
      <Group title={texts.bar.ratings}>
        <Toggle isOn={view.fav} onClick={() => set({ fav: view.fav === true ? undefined : true })}>
          {texts.bar.favourite}
        </Toggle>
        {[1, 2, 3, 4, 5].map((stars) => (
          <Toggle
            key={stars}
            isOn={view.rating === stars}
            onClick={() => set({ rating: view.rating === stars ? undefined : stars })}
          >
            {texts.bar.rating(stars)}
          </Toggle>
        ))}
      </Group>
      {data !== undefined && data.mediaTags.length > 0 && (
        <Group title={texts.bar.tags}>
          {data.mediaTags.map(({ itemCount, name }) => (
            <Toggle key={name} isOn={view.tag?.includes(name)} onClick={() => set({ tag: toggled(view.tag, name) })}>
              {name} <span className={styles.count}>{number(itemCount)}</span>
            </Toggle>
          ))}
        </Group>
      )}
      <Group title={texts.bar.taken}>
        <DayField label={texts.bar.from} value={view.from} onPick={(from) => set({ from })} />
        <DayField label={texts.bar.to} value={view.to} onPick={(to) => set({ to })} />
      </Group>
      <Group title={texts.bar.status}>
        {statuses.map((status) => (
          <Toggle
            key={status}
            isOn={view.status?.includes(status)}
            onClick={() => set({ status: toggled(view.status, status) })}
          >
            {texts.bar.statuses[status]}
          </Toggle>
        ))}
      </Group>
    </div>
  );
}

function Group({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{title}</legend>
      <div className={styles.choices}>{children}</div>
    </fieldset>
  );
}

interface ToggleProps {
  isOn: boolean | undefined;
  onClick: () => void;
  children: React.ReactNode;
}

function Toggle({ isOn = false, onClick, children }: ToggleProps) {
  return (
    <button type="button" className={styles.toggle} aria-pressed={isOn} onClick={onClick}>
      {children}
    </button>
  );
}

interface DayFieldProps {
  label: string;
  value: string | undefined;
  onPick: (day: string | undefined) => void;
}

function DayField({ label, value, onPick }: DayFieldProps) {
  const [text, setText] = useState(value ?? '');
  return (
    <label className={styles.day}>
      {label}
      <input
        type="date"
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          // A year that is still being typed is no year yet.
          if (target.value === '' || /^[12]\d{3}-/.test(target.value)) onPick(target.value || undefined);
        }}
      />
    </label>
  );
}
