import { useCategories, type Category } from '../../api/use-categories.ts';
import { mediaTypes, statuses, type ListFilter, type View, type ViewChange } from '../../list/view.ts';
import { resolutions, shapes } from '../../list/view-parameters.ts';
import { texts } from '../../words/texts.ts';
import { choicesOf, useFacets } from './facets.ts';
import { Choices, DayField, Group, Toggle } from './filter-fields.tsx';
import styles from './filter-menu.module.css';
import { MoreFilters } from './more-filters.tsx';

interface FiltersProps {
  view: View;
  filter: ListFilter;
  category: Category | undefined;
  onChange: (change: ViewChange) => void;
}

/** What items have, each with its count; what none has is not offered. */
export function Filters({ view, filter, category, onChange }: FiltersProps) {
  const { categories } = useCategories();
  const facets = useFacets(filter);
  const { bar } = texts;
  // The readers of the address leave out what is none of theirs.
  const set = (name: keyof View) => (values: string[] | undefined) => onChange({ [name]: values });
  const ratings = facets?.ratings ?? [];
  const atLeast = (stars: number) =>
    facets === null
      ? null
      : ratings.reduce((sum, { count, value }) => sum + (Number(value) >= stars ? (count ?? 0) : 0), 0);
  const stars = [5, 4, 3, 2, 1].filter((each) => atLeast(each) !== 0 || view.rating === each);
  const favourites = facets?.favourites.find(({ value }) => value === 'true')?.count ?? 0;
  const year =
    view.from?.endsWith('-01-01') && view.to === `${view.from.slice(0, 4)}-12-31` ? view.from.slice(0, 4) : '';
  const chooseYear = ([chosen]: string[] = []) =>
    onChange({ from: chosen && `${chosen}-01-01`, to: chosen && `${chosen}-12-31` });
  return (
    <div className={styles.groups}>
      {category === undefined && (
        <>
          <Choices
            title={bar.type}
            choices={choicesOf(facets?.mediaTypes, view.type, mediaTypes)}
            chosen={view.type}
            nameOf={(type) => bar.types[type as keyof typeof bar.types] ?? type}
            onChoose={set('type')}
          />
          <Choices
            title={texts.details.category}
            choices={choicesOf(
              facets?.categories,
              view.cat,
              categories.map(({ key }) => key),
            )}
            chosen={view.cat}
            nameOf={(key) => categories.find((each) => each.key === key)?.label ?? key}
            onChoose={set('cat')}
          />
        </>
      )}
      {(facets === null || favourites > 0 || view.fav === true || stars.length > 0) && (
        <Group title={bar.ratings}>
          {(favourites > 0 || view.fav === true || facets === null) && (
            <Toggle
              isOn={view.fav}
              count={facets === null ? null : favourites}
              onClick={() => onChange({ fav: view.fav === true ? undefined : true })}
            >
              {bar.favourite}
            </Toggle>
          )}
          {stars.map((each) => (
            <Toggle
              key={each}
              isOn={view.rating === each}
              count={atLeast(each)}
              onClick={() => onChange({ rating: view.rating === each ? undefined : each })}
            >
              {bar.rating(each)}
            </Toggle>
          ))}
        </Group>
      )}
      <Choices title={bar.tags} choices={choicesOf(facets?.tags, view.tag)} chosen={view.tag} onChoose={set('tag')} />
      <Choices
        title={bar.taken}
        choices={byName(choicesOf(facets?.years, year === '' ? [] : [year])).toReversed()}
        chosen={year === '' ? [] : [year]}
        isSingle
        onChoose={chooseYear}
      />
      <div className={styles.days}>
        <DayField key={`from ${view.from}`} label={bar.from} value={view.from} onPick={(from) => onChange({ from })} />
        <DayField key={`to ${view.to}`} label={bar.to} value={view.to} onPick={(to) => onChange({ to })} />
      </div>
      <Choices
        title={bar.shape}
        choices={shapes.map((value) => ({ value, count: null }))}
        chosen={view.shape}
        nameOf={(shape) => bar.shapes[shape as keyof typeof bar.shapes]}
        onChoose={set('shape')}
      />
      <Choices
        title={bar.resolution}
        choices={choicesOf(facets?.resolutions, view.res, resolutions)}
        chosen={view.res}
        nameOf={(value) => bar.resolutions[value as keyof typeof bar.resolutions] ?? value}
        onChoose={set('res')}
      />
      <Choices
        title={bar.ending}
        choices={choicesOf(facets?.extensions, view.ext)}
        chosen={view.ext}
        onChoose={set('ext')}
      />
      <Choices
        title={bar.codec}
        choices={choicesOf(facets?.codecs, view.codec)}
        chosen={view.codec}
        onChoose={set('codec')}
      />
      <Choices
        title={texts.details.camera}
        choices={choicesOf(facets?.cameras, view.cam === undefined ? [] : [view.cam])}
        chosen={view.cam === undefined ? [] : [view.cam]}
        isSingle
        onChoose={([cam] = []) => onChange({ cam })}
      />
      <Choices
        title={bar.status}
        choices={choicesOf(facets?.statuses, view.status, statuses)}
        chosen={view.status}
        nameOf={(status) => bar.statuses[status as keyof typeof bar.statuses] ?? status}
        onChoose={set('status')}
      />
      <MoreFilters view={view} onChange={onChange} />
    </div>
  );
}

function byName<Value extends { value: string }>(values: readonly Value[]): Value[] {
  return values.toSorted((one, other) => (one.value < other.value ? -1 : 1));
}
