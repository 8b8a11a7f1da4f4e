import { getRouteApi, Link } from '@tanstack/react-router';
import { describeFailure } from '../api/describe-failure.ts';
import { useCategories, type Category } from '../api/use-categories.ts';
import { useOperation } from '../api/use-operation.ts';
import { NothingHere } from '../ui/nothing-here.tsx';
import { Notice } from '../ui/notice.tsx';
import { texts } from '../words/texts.ts';
import { GroupDocument, GroupsDocument } from './documents.ts';
import { LeafPage } from './leaf-page.tsx';
import { Shelf } from './shelf.tsx';
import styles from './shelf.module.css';
import { usePages } from '../api/use-pages.ts';

const route = getRouteApi('/c/$category/groups/$');

/** The series or artists of a category, the seasons or albums in one of them, and what is in one of these. */
export function GroupsPage() {
  const { category: key, _splat: parent = '' } = route.useParams();
  const { categories, isKnown } = useCategories();
  const category = categories.find((each) => each.key === key);
  const own = useOperation(GroupDocument, { category: key, key: parent }, { enabled: parent !== '' });
  const group = own.data?.group ?? null;
  if (category === undefined) return isKnown ? <NothingHere /> : null;
  const isGone = own.data?.group === null;
  const above = group === null ? [] : [...group.path, group];
  return (
    <div className={styles.page}>
      <ol className={styles.path} aria-label={texts.places.path}>
        <li>
          <Link to="/c/$category/groups/$" params={{ category: key, _splat: '' }}>
            {category.label}
          </Link>
        </li>
        {above.map(({ key: each, title }) => (
          <li key={each}>
            <Link to="/c/$category/groups/$" params={{ category: key, _splat: each }}>
              {title}
            </Link>
          </li>
        ))}
      </ol>
      {own.error !== null && <Notice text={describeFailure(own.error)} />}
      {isGone && <NothingHere />}
      {group !== null && typeof group.nextLevel !== 'string' && (
        <LeafPage key={parent} category={category} group={group} />
      )}
      {(parent === '' || typeof group?.nextLevel === 'string') && (
        <Groups key={parent} category={category} parent={parent} title={group?.title ?? category.label} />
      )}
    </div>
  );
}

function Groups({ category, parent, title }: { category: Category; parent: string; title: string }) {
  const { key } = category;
  const groups = usePages(GroupsDocument, { category: key, parent: parent || null }, (result) => result.groups);
  const isEmpty = groups.isKnown && groups.nodes.length === 0;
  const isPlayed = category.mediaType !== 'IMAGE';
  return (
    <>
      <h1 className={styles.heading}>{title}</h1>
      {groups.error !== null && <Notice text={describeFailure(groups.error)} />}
      {isEmpty && <Notice text={texts.places.emptyGroups(category.label)} />}
      <Shelf
        label={texts.places.groups}
        more={groups.more}
        cards={groups.nodes.map(({ covers, itemCount, key: group, level, nextLevel, path, title: name, value }) => ({
          key: group,
          title: name,
          itemCount,
          cover: covers[0],
          link:
            isPlayed || typeof nextLevel === 'string'
              ? { to: '/c/$category/groups/$', params: { category: key, _splat: group } }
              : {
                  to: '/c/$category',
                  params: { category: key },
                  search: { at: placesOf([...path, { level, value }]), sort: 'HIERARCHY', dir: 'ASC' },
                },
        }))}
      />
    </>
  );
}

/** The places that an item of a group has in its hierarchy; a season that only the names of files know has none. */
function placesOf(path: readonly { level: string; value?: string | null }[]): string[] {
  return path.flatMap(({ level, value }) => (typeof value === 'string' ? [`${level}~${value}`] : []));
}
