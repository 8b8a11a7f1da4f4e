import { Folder, Library, Search, SlidersHorizontal, X, ZoomIn, ZoomOut } from 'lucide-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { number } from '../words/format.ts';
import { texts } from '../words/texts.ts';
import { longestSearch } from '../api/limits.ts';
import type { Category } from '../api/use-categories.ts';
import type { LayoutName, ListFilter, ListOrder, View, ViewChange } from '../list/view.ts';
import { IconButton, useKeyTip } from '../ui/button.tsx';
import { Chips } from './filters/chips.tsx';
import styles from './list-bar.module.css';

// The list comes first.
const FilterMenu = lazy(async () => ({ default: (await import('./filters/filter-menu.tsx')).FilterMenu }));

const SaveView = lazy(async () => ({ default: (await import('./save-view.tsx')).SaveView }));
const SortMenu = lazy(async () => ({ default: (await import('./list-menus.tsx')).SortMenu }));
const LayoutMenu = lazy(async () => ({ default: (await import('./list-menus.tsx')).LayoutMenu }));

interface ListBarProps {
  title: string;
  /** Null while it is not known. */
  count: number | null;
  view: View;
  filter: ListFilter;
  category: Category | undefined;
  order: ListOrder;
  layout: LayoutName;
  zoom: number;
  /** The page itself says which status it lists: it is no filter that could be taken away. */
  saysStatus: boolean;
  onChange: (change: ViewChange, options?: { replace?: boolean }) => void;
  onZoom: (by: number) => void;
}

/** One line above a list: what it is, what it is narrowed to, and how it is shown. */
export function ListBar(props: ListBarProps) {
  const { title, count, view, filter, category, order, layout, saysStatus, onChange, onZoom } = props;
  const { status: _status, ...others } = view;
  return (
    <header className={styles.bar}>
      <h1 className={styles.title}>{title}</h1>
      {count !== null && <span className={styles.count}>{number(count)}</span>}
      <SearchField key={view.q ?? ''} value={view.q ?? ''} onSearch={(q) => onChange({ q: q || undefined })} />
      <Chips view={saysStatus ? others : view} onChange={onChange} />
      <span className={styles.space} />
      {category !== undefined && (
        <>
          {category.groupLevels.length > 0 && (
            <IconButton
              label={texts.places.groups}
              icon={<Library />}
              render={<Link to="/c/$category/groups/$" params={{ category: category.key, _splat: '' }} />}
            />
          )}
          <IconButton
            label={texts.places.folders}
            icon={<Folder />}
            render={<Link to="/c/$category/folders/$" params={{ category: category.key, _splat: '' }} />}
          />
        </>
      )}
      <Suspense fallback={<IconButton label={texts.bar.filters} icon={<SlidersHorizontal />} disabled />}>
        <FilterMenu view={view} filter={filter} category={category} onChange={onChange} />
      </Suspense>
      <Suspense fallback={<span className={styles.menus} />}>
        <SortMenu order={order} onChange={onChange} />
        <LayoutMenu layout={layout} onChange={onChange} />
        <SaveView title={title} />
      </Suspense>
      {layout !== 'table' && (
        <>
          <IconButton
            label={texts.bar.zoomOut}
            shortcut="smaller"
            icon={<ZoomOut />}
            className={styles.zoom ?? ''}
            onClick={() => onZoom(-1)}
          />
          <IconButton
            label={texts.bar.zoomIn}
            shortcut="larger"
            icon={<ZoomIn />}
            className={styles.zoom ?? ''}
            onClick={() => onZoom(1)}
          />
        </>
      )}
    </header>
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
        maxLength={longestSearch}
        autoComplete="off"
        placeholder={texts.bar.search}
        aria-label={texts.bar.search}
        {...useKeyTip(texts.bar.search, 'search')}
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
