import { X } from 'lucide-react';
import { texts } from '../words/texts.ts';
import { useCategories } from '../api/use-categories.ts';
import type { View, ViewChange } from '../list/view.ts';
import styles from './chips.module.css';

interface ChipsProps {
  view: View;
  onChange: (change: ViewChange) => void;
}

/** The filters in force, each taken away by a click. */
export function Chips({ view, onChange }: ChipsProps) {
  const { categories } = useCategories();
  const chips = chipsOf(view, (key) => categories.find((category) => category.key === key)?.label ?? key);
  if (chips.length === 0) return null;
  return (
    <ul className={styles.chips}>
      {chips.map(({ name, without }) => (
        <li key={name}>
          <button
            type="button"
            className={styles.chip}
            aria-label={texts.bar.remove(name)}
            onClick={() => onChange(without)}
          >
            {name}
            <X aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}

interface Chip {
  name: string;
  /** What the address says without it. */
  without: ViewChange;
}

function chipsOf(
  { at, cat, fav, from, rating, status, tag, to, type }: View,
  labelOf: (category: string) => string,
): Chip[] {
  const off = (names: (keyof View)[]) => Object.fromEntries(names.map((name) => [name, undefined])) as ViewChange;
  const less = <Value,>(name: keyof View, values: readonly Value[], value: Value) => {
    const rest = values.filter((each) => each !== value);
    return { [name]: rest.length === 0 ? undefined : rest } as ViewChange;
  };
  return [
    ...(cat ?? []).map((key) => ({ name: labelOf(key), without: less('cat', cat ?? [], key) })),
    ...(type ?? []).map((each) => ({ name: texts.bar.types[each], without: less('type', type ?? [], each) })),
    ...(status ?? []).map((each) => ({ name: texts.bar.statuses[each], without: less('status', status ?? [], each) })),
    ...(at ?? []).map((each) => ({ name: each.slice(each.indexOf('~') + 1), without: less('at', at ?? [], each) })),
    ...(tag ?? []).map((each) => ({ name: each, without: less('tag', tag ?? [], each) })),
    ...(fav === true ? [{ name: texts.bar.favourite, without: off(['fav']) }] : []),
    ...(rating === undefined ? [] : [{ name: texts.bar.rating(rating), without: off(['rating']) }]),
    ...(from === undefined && to === undefined
      ? []
      : [{ name: texts.bar.range(from, to), without: off(['from', 'to']) }]),
  ];
}
