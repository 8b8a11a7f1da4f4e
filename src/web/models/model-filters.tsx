import { X } from 'lucide-react';
import { useOperation } from '../api/use-operation.ts';
import { Field } from '../ui/field.tsx';
import { modelTexts } from '../words/models.ts';
import { ModelFacetsDocument } from './documents.ts';
import styles from './models.module.css';
import { sortNames, type ModelsView } from './models-view.ts';
import { SearchInput } from './search-input.tsx';

interface ModelFiltersProps {
  view: ModelsView;
  onChange: (view: ModelsView) => void;
}

/** Search, type, tags and order of the list of models. */
export function ModelFilters({ onChange, view }: ModelFiltersProps) {
  const { data } = useOperation(ModelFacetsDocument, undefined, { staleTime: 30_000 });
  const { modelTypes = [], tags = [] } = data ?? {};
  const chosen = view.tags ?? [];
  const set = (change: { [Name in keyof ModelsView]?: ModelsView[Name] | undefined }) =>
    onChange(Object.fromEntries(Object.entries({ ...view, ...change }).filter(([, value]) => value !== undefined)));
  return (
    <search className={styles.filters}>
      <Field label={modelTexts.search}>
        <SearchInput value={view.q ?? ''} onSearch={(q) => set({ q: q === '' ? undefined : q })} />
      </Field>
      <Field label={modelTexts.type}>
        <select value={view.kind ?? ''} onChange={({ target }) => set({ kind: target.value || undefined })}>
          <option value="">{modelTexts.anyType}</option>
          {modelTypes.map(({ modelCount, name }) => (
            <option key={name} value={name}>
              {modelTexts.typeOf(name, modelCount)}
            </option>
          ))}
        </select>
      </Field>
      <Field label={modelTexts.tag}>
        <select value="" onChange={({ target }) => set({ tags: [...chosen, Number(target.value)] })}>
          <option value="">{modelTexts.anyTag}</option>
          {tags
            .filter(({ modelCount, tagId }) => modelCount > 0 && !chosen.includes(tagId))
            .map(({ modelCount, name, tagId }) => (
              <option key={tagId} value={tagId}>
                {modelTexts.typeOf(name, modelCount)}
              </option>
            ))}
        </select>
      </Field>
      <Field label={modelTexts.order}>
        <select
          value={view.order ?? sortNames[0]}
          onChange={({ target }) => set({ order: sortNames.slice(1).find((name) => name === target.value) })}
        >
          {sortNames.map((name) => (
            <option key={name} value={name}>
              {modelTexts.orders[name]}
            </option>
          ))}
        </select>
      </Field>
      {chosen.length > 0 && (
        <ul className={styles.chips}>
          {chosen.map((id) => {
            const name = tags.find(({ tagId }) => tagId === id)?.name ?? String(id);
            return (
              <li key={id}>
                <button
                  type="button"
                  aria-label={modelTexts.removeFilter(name)}
                  onClick={() => set({ tags: chosen.length === 1 ? undefined : chosen.filter((each) => each !== id) })}
                >
                  {name} <X aria-hidden />
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </search>
  );
}
