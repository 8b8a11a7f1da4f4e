import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useCategories } from '../api/use-categories.ts';
import { Gallery } from '../gallery/gallery.tsx';
import { useChange } from '../gallery/use-change.ts';
import { readView } from '../list/view.ts';
import { NothingHere } from '../ui/nothing-here.tsx';
import { texts } from '../words/texts.ts';
import { FoldersDocument } from './documents.ts';
import { Shelf } from './shelf.tsx';
import styles from './shelf.module.css';
import { usePages } from '../api/use-pages.ts';

const route = getRouteApi('/c/$category/folders/$');

/** A folder of a category: the folders in it, and the items that lie in it. */
export function FoldersPage() {
  const { category: key, _splat: path = '' } = route.useParams();
  const search = route.useSearch();
  const view = useMemo(() => readView({ ...search }), [search]);
  const change = useChange();
  const { categories, isKnown } = useCategories();
  const category = categories.find((each) => each.key === key);
  const folders = usePages(FoldersDocument, { category: key, path }, (result) => result.folders);
  const within = useMemo(() => ({ folder: { category: key, path, recursive: false } }), [key, path]);
  if (category === undefined) return isKnown ? <NothingHere /> : null;
  const steps = path.split('/').filter((step) => step !== '');
  return (
    <Gallery
      key={`${key}/${path}`}
      view={view}
      onChange={change}
      category={category}
      within={within}
      title={steps.at(-1) ?? category.label}
      empty={folders.nodes.length > 0 ? '' : texts.places.emptyFolder}
      usual={{ field: 'PATH', direction: 'ASC' }}
      above={
        <>
          <ol className={styles.path} aria-label={texts.places.path}>
            {['', ...steps].map((step, at) => (
              <li key={steps.slice(0, at).join('/')}>
                <Link to="/c/$category/folders/$" params={{ category: key, _splat: steps.slice(0, at).join('/') }}>
                  {at === 0 ? category.label : step}
                </Link>
              </li>
            ))}
          </ol>
          <Shelf
            label={texts.places.folders}
            more={folders.more}
            cards={folders.nodes.map(({ covers, itemCount, name, path: below }) => ({
              key: below,
              title: name,
              itemCount,
              cover: covers[0],
              link: { to: '/c/$category/folders/$', params: { category: key, _splat: below } },
            }))}
          />
        </>
      }
    />
  );
}
