import { base } from '../api/execute.ts';
import { foreseeAll } from '../gallery/pages.tsx';
import { readSearch } from './search-parameters.ts';

/** Asks for what the page begins with at once: otherwise it would be asked for when it is known who looks at it. */
export function foreseePage({ pathname, search }: Location): void {
  if (pathname === base.pathname) foreseeAll(readSearch(search));
}
