import { getRouteApi, Link } from '@tanstack/react-router';
import { describeFailure } from '../api/describe-failure.ts';
import { useCategories } from '../api/use-categories.ts';
import { NothingHere } from '../ui/nothing-here.tsx';
import { Notice } from '../ui/notice.tsx';
import { texts } from '../words/texts.ts';
import { GroupsDocument } from './documents.ts';
import { Shelf } from './shelf.tsx';
import styles from './shelf.module.css';
import { usePages } from '../api/use-pages.ts';

const route = getRouteApi('/c/$category/groups/$');

/** The series or artists of a category, and the seasons or albums in one of them. */
export function GroupsPage() {
  const { category: key, _splat: parent = '' } = route.useParams();
  const { categories, isKnown } = useCategories();
  const category = categories.find((each) => each.key === key);
  const groups = usePages(GroupsDocument, { category: key, parent: parent || null }, (result) => result.groups);
  if (category === undefined) return isKnown ? <NothingHere /> : null;
  const above = groups.nodes[0]?.path ?? [];
  const isEmpty = groups.isKnown && groups.nodes.length === 0;
  return (
    <div className={styles.page}>
      <h1 className={styles.heading}>{above.at(-1)?.title ?? category.label}</h1>
      <ol className={styles.path} aria-label={texts.places.path}>
        <li>
          <Link to="/c/$category/groups/$" params={{ category: key, _splat: '' }}>
            {category.label}
          </Link>
        </li>
        {above.map((group) => (
          <li key={group.key}>
            <Link to="/c/$category/groups/$" params={{ category: key, _splat: group.key }}>
              {group.title}
            </Link>
          </li>
        ))}
      </ol>
      {groups.error !== null && <Notice text={describeFailure(groups.error)} />}
      {isEmpty && <Notice text={texts.places.emptyGroups(category.label)} />}
      <Shelf
        label={texts.places.groups}
        more={groups.more}
        cards={groups.nodes.map(({ covers, itemCount, key: group, level, nextLevel, path, title, value }) => ({
          key: group,
          title,
          itemCount,
          cover: covers[0],
          link:
            nextLevel === null || nextLevel === undefined
              ? {
                  to: '/c/$category',
                  params: { category: key },
                  search: { at: placesOf([...path, { level, value }]), sort: 'HIERARCHY', dir: 'ASC' },
                }
              : { to: '/c/$category/groups/$', params: { category: key, _splat: group } },
        }))}
      />
    </div>
  );
}

/** The places that an item of a group has in its hierarchy; a season that only the names of files know has none. */
function placesOf(path: readonly { level: string; value?: string | null }[]): string[] {
  return path.flatMap(({ level, value }) => (typeof value === 'string' ? [`${level}~${value}`] : []));
}
