import { Menu } from '@base-ui/react/menu';
import {
  ArrowDownNarrowWide,
  ArrowUpNarrowWide,
  LayoutGrid,
  Rows3,
  Search,
  SlidersHorizontal,
  X,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { number } from '../words/format.ts';
import { texts } from '../words/texts.ts';
import type { Category } from '../api/use-categories.ts';
import {
  layouts,
  sortFields,
  usualDirection,
  type LayoutName,
  type ListOrder,
  type SortField,
  type View,
  type ViewChange,
} from '../list/view.ts';
import { IconButton } from '../ui/button.tsx';
import menu from '../ui/menu.module.css';
import { Chips } from './chips.tsx';
import styles from './list-bar.module.css';

// The list comes first.
const FilterMenu = lazy(async () => ({ default: (await import('./filter-menu.tsx')).FilterMenu }));

interface ListBarProps {
  title: string;
  /** Null while it is not known. */
  count: number | null;
  view: View;
  category: Category | undefined;
  order: ListOrder;
  layout: LayoutName;
  zoom: number;
  onChange: (change: ViewChange, options?: { replace?: boolean }) => void;
  onZoom: (by: number) => void;
}

const layoutIcons = { grid: <LayoutGrid />, table: <Rows3 /> };

/** One line above a list: what it is, what it is narrowed to, and how it is shown. */
export function ListBar({ title, count, view, category, order, layout, onChange, onZoom }: ListBarProps) {
  return (
    <header className={styles.bar}>
      <h1 className={styles.title}>{title}</h1>
      {count !== null && <span className={styles.count}>{number(count)}</span>}
      <SearchField key={view.q ?? ''} value={view.q ?? ''} onSearch={(q) => onChange({ q: q || undefined })} />
      <Chips view={view} onChange={onChange} />
      <span className={styles.space} />
      <Suspense fallback={<IconButton label={texts.bar.filters} icon={<SlidersHorizontal />} disabled />}>
        <FilterMenu view={view} category={category} onChange={onChange} />
      </Suspense>
      <SortMenu order={order} onChange={onChange} />
      <Menu.Root>
        <Menu.Trigger render={<IconButton label={texts.bar.layout} icon={layoutIcons[layout]} />} />
        <Menu.Portal>
          <Menu.Positioner className={menu.positioner} align="end" sideOffset={4}>
            <Menu.Popup className={menu.popup}>
              <Menu.RadioGroup
                value={layout}
                onValueChange={(value: LayoutName) => onChange({ view: value }, { replace: true })}
              >
                {layouts.map((name) => (
                  <Menu.RadioItem key={name} value={name} className={menu.item} closeOnClick>
                    {texts.bar.layouts[name]}
                    <Menu.RadioItemIndicator className={menu.mark}>✓</Menu.RadioItemIndicator>
                  </Menu.RadioItem>
                ))}
              </Menu.RadioGroup>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      {layout !== 'table' && (
        <>
          <IconButton
            label={texts.bar.zoomOut}
            icon={<ZoomOut />}
            className={styles.zoom ?? ''}
            onClick={() => onZoom(-1)}
          />
          <IconButton
            label={texts.bar.zoomIn}
            icon={<ZoomIn />}
            className={styles.zoom ?? ''}
            onClick={() => onZoom(1)}
          />
        </>
      )}
    </header>
  );
}

function SortMenu({ order, onChange }: Pick<ListBarProps, 'order' | 'onChange'>) {
  const Icon = order.direction === 'ASC' ? ArrowDownNarrowWide : ArrowUpNarrowWide;
  const choose = (sort: SortField) =>
    onChange({
      sort,
      dir: usualDirection(sort),
      seed: sort === 'RANDOM' ? Math.floor(Math.random() * 2 ** 31) : undefined,
    });
  return (
    <Menu.Root>
      <Menu.Trigger
        render={<IconButton label={`${texts.bar.sort}: ${texts.bar.sorts[order.field]}`} icon={<Icon />} />}
      />
      <Menu.Portal>
        <Menu.Positioner className={menu.positioner} align="end" sideOffset={4}>
          <Menu.Popup className={menu.popup}>
            <Menu.RadioGroup value={order.field} onValueChange={choose}>
              {sortFields.map((field) => (
                <Menu.RadioItem key={field} value={field} className={menu.item} closeOnClick>
                  {texts.bar.sorts[field]}
                  <Menu.RadioItemIndicator className={menu.mark}>✓</Menu.RadioItemIndicator>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            <Menu.Separator className={menu.separator} />
            <Menu.RadioGroup
              value={order.direction}
              onValueChange={(dir: ListOrder['direction']) => onChange({ sort: order.field, dir })}
            >
              {(['ASC', 'DESC'] as const).map((direction) => (
                <Menu.RadioItem key={direction} value={direction} className={menu.item} closeOnClick>
                  {direction === 'ASC' ? texts.bar.ascending : texts.bar.descending}
                  <Menu.RadioItemIndicator className={menu.mark}>✓</Menu.RadioItemIndicator>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

const typingMs = 300;

/** Searches while one types, a third of a second after the last sign. */
function SearchField({ value, onSearch }: { value: string; onSearch: (q: string) => void }) {
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => () => clearTimeout(timer.current), []);
  // The field is made anew with each search; who typed goes on typing.
  useEffect(() => {
    if (value !== '' && document.activeElement === document.body) input.current?.focus();
  }, [value]);
  const search = (q: string) => {
    clearTimeout(timer.current);
    if (q.trim() !== value) onSearch(q.trim());
  };
  return (
    <search className={styles.search}>
      <Search aria-hidden />
      <input
        ref={input}
        id="search"
        type="search"
        enterKeyHint="search"
        autoComplete="off"
        placeholder={texts.bar.search}
        aria-label={texts.bar.search}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => search(target.value), typingMs);
        }}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Enter') search(text);
          if (key === 'Escape') currentTarget.blur();
        }}
      />
      {text !== '' && (
        <button
          type="button"
          aria-label={texts.bar.clearSearch}
          onClick={() => {
            setText('');
            search('');
          }}
        >
          <X />
        </button>
      )}
    </search>
  );
}
