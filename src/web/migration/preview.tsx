import { readFragment } from '../generated/fragment-masking.ts';
import type { HitsFragment, PathMapping } from '../generated/graphql.ts';
import { Button } from '../ui/button.tsx';
import { migrationTexts } from '../words/migration.ts';
import { Hits } from './documents.ts';
import styles from './migration.module.css';
import type { LegacyPreview } from './use-preview.ts';

interface PreviewProps {
  preview: LegacyPreview;
  /** Takes a mapping that was suggested. */
  onUse: (mapping: PathMapping) => void;
}

const { preview: texts } = migrationTexts;

/** What a migration would find: how many paths each mapping hits, whether files are there, and where the others lay. */
export function Preview({ onUse, preview }: PreviewProps) {
  const unmapped = readFragment(Hits, preview.unmapped);
  const { unmappedFolders } = preview;
  return (
    <>
      <p role="status">{texts.found(preview.modelCount, preview.tagCount)}</p>
      <ul className={styles.rows}>
        {preview.mappings
          .map((mapping) => readFragment(Hits, mapping))
          .map((hits) => (
            <li key={`${hits.from}\n${hits.to}`} className={styles.row}>
              <p className={styles.name}>{texts.example(hits.from ?? '', hits.to ?? '')}</p>
              <HitFacts hits={hits} />
            </li>
          ))}
        {unmapped.modelCount > 0 && (
          <li className={styles.row}>
            <p className={styles.name}>{texts.unmapped(unmapped.modelCount)}</p>
            {unmappedFolders.length === 0 ? (
              <p className={styles.note}>{texts.unmappedFound}</p>
            ) : (
              <p className={styles.waiting}>{texts.stays}</p>
            )}
            <ul className={styles.folders}>
              {unmappedFolders.map(({ modelCount, path, suggestion }) => (
                <li key={path}>
                  <p>{texts.folder(path, modelCount)}</p>
                  {suggestion !== null && suggestion !== undefined && (
                    <p className={styles.suggestion}>
                      <span className={styles.note}>{texts.suggestion(suggestion.from, suggestion.to)}</span>
                      <Button
                        aria-label={migrationTexts.mappings.mapFor(suggestion.from, suggestion.to)}
                        onClick={() => onUse({ from: suggestion.from, to: suggestion.to })}
                      >
                        {migrationTexts.mappings.use}
                      </Button>
                    </p>
                  )}
                </li>
              ))}
            </ul>
          </li>
        )}
      </ul>
    </>
  );
}

function HitFacts({ hits }: { hits: HitsFragment }) {
  const { checkedCount, example, foundCount, modelCount, outsideCount } = hits;
  if (modelCount === 0) return <p className={styles.waiting}>{texts.noHits}</p>;
  return (
    <>
      <p className={foundCount === checkedCount ? styles.note : styles.waiting}>
        {`${texts.hits(modelCount)} · ${texts.there(foundCount, checkedCount)}`}
      </p>
      {outsideCount > 0 && <p className={styles.waiting}>{texts.outside(outsideCount)}</p>}
      {example !== null && example !== undefined && (
        <p className={styles.note}>{texts.example(example.legacyPath, example.path)}</p>
      )}
    </>
  );
}
