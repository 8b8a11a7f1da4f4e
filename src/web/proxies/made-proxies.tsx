import { lazy, Suspense, useState } from 'react';
import type { MediaFilter } from '../generated/graphql.ts';
import { usePages } from '../api/use-pages.ts';
import { Button } from '../ui/button.tsx';
import { proxyTexts } from '../words/proxies.ts';
import { ProxiesMadeDocument, type MadeItem } from './documents.ts';
import styles from './proxies.module.css';

const Compare = lazy(async () => ({ default: (await import('./compare.tsx')).Compare }));

/** Photos that have a proxy, each to be looked at beside it. */
export function MadeProxies({ profile, filter }: { profile: string; filter: MediaFilter }) {
  const { more, nodes } = usePages(ProxiesMadeDocument, { filter, profile }, ({ media }) => media);
  const [shown, setShown] = useState<MadeItem | null>(null);
  if (nodes.length === 0) return null;
  return (
    <>
      <h3 className={styles.heading}>{proxyTexts.made}</h3>
      <ul className={styles.strip} aria-label={proxyTexts.made}>
        {nodes.map((item) => (
          <li key={item.id}>
            <button
              type="button"
              className={styles.tile}
              aria-label={proxyTexts.compare(item.title)}
              onClick={() => setShown(item)}
            >
              <img src={item.thumbnailUrl} alt="" loading="lazy" decoding="async" />
              {item.imageProxy && (
                <span className={styles.badge}>{proxyTexts.less(item.imageProxy.savingsPercent)}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
      {more !== null && <Button onClick={more}>{proxyTexts.more}</Button>}
      <Suspense>{shown !== null && <Compare item={shown} onClose={() => setShown(null)} />}</Suspense>
    </>
  );
}
