import type { ConflictStrategy } from '../generated/graphql.ts';
import { Link } from '@tanstack/react-router';
import { Button } from '../ui/button.tsx';
import { pendingTexts } from '../words/pending.ts';
import { effectsOf, strategies, type Side } from './conflict-effects.ts';
import styles from './pending.module.css';
import { titleOf } from './title-of.ts';
import type { Conflict } from './use-conflicts.ts';

interface ConflictCardProps {
  conflict: Conflict;
  isBusy: boolean;
  /** Left out for who may only look. */
  onDecide?: (strategy: ConflictStrategy) => void;
}

const { conflicts: texts } = pendingTexts;

/** An import and the model that has its bytes, side by side, and what each of the five ways out would do to them. */
export function ConflictCard({ conflict: { model, pending }, isBusy, onDecide }: ConflictCardProps) {
  const name = pending.name ?? pendingTexts.nameless;
  const sides: [Side, Side] = [
    {
      name: pending.name ?? null,
      type: pending.type ?? null,
      tags: namesOf(pending.tags),
      pictureCount: pending.imageUrls.length,
    },
    {
      name: model.name ?? null,
      type: model.type ?? null,
      tags: namesOf(model.tags),
      pictureCount: model.images.length,
    },
  ];
  const rows = [
    [
      texts.name,
      pending.name,
      <Link key="model" to="/models/$sha256" params={{ sha256: model.sha256 }}>
        {titleOf(model)}
      </Link>,
    ],
    [texts.type, pending.type, model.type],
    [texts.size, sizeOf(pending.sizeBytes), sizeOf(model.sizeBytes)],
    [texts.added, texts.day(pending.createdAt), texts.day(model.createdAt)],
    ...(pending.path === undefined ? [] : [[texts.path, pending.path, model.path] as const]),
    [texts.tags, sides[0].tags.join(', '), sides[1].tags.join(', ')],
    [
      texts.pictures,
      <Pictures key="import" urls={pending.imageUrls} />,
      <Pictures key="model" urls={model.images.map(({ low }) => low)} />,
    ],
  ] as const;
  return (
    <article className={styles.conflict} aria-label={name}>
      <table className={styles.sides}>
        <thead>
          <tr>
            <td />
            <th scope="col">{texts.import}</th>
            <th scope="col">{texts.model}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, ours, theirs]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{ours === '' ? texts.none : (ours ?? texts.none)}</td>
              <td>{theirs === '' ? texts.none : (theirs ?? texts.none)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.name}>{texts.decide(name)}</p>
      <ul className={styles.ways}>
        {strategies.map((strategy) => (
          <li key={strategy} className={styles.way}>
            <ul className={styles.effects}>
              {effectsOf(strategy, ...sides).map((effect) => (
                <li key={effect}>{effect}</li>
              ))}
            </ul>
            {onDecide === undefined ? (
              <p className={styles.name}>{pendingTexts.strategies[strategy]}</p>
            ) : (
              <Button
                kind={losing.has(strategy) ? 'danger' : 'plain'}
                disabled={isBusy}
                onClick={() => onDecide(strategy)}
              >
                {pendingTexts.strategies[strategy]}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </article>
  );
}

/** What these take away cannot be brought back. */
const losing = new Set<ConflictStrategy>(['DELETE', 'OVERRIDE']);

function Pictures({ urls }: { urls: readonly string[] }) {
  return (
    <span className={styles.pictures}>
      {texts.number(urls.length)}
      {urls.slice(0, 4).map((url) => (
        <img key={url} alt="" loading="lazy" src={url} />
      ))}
    </span>
  );
}

function sizeOf(bytes: number | null | undefined): string {
  return typeof bytes === 'number' ? pendingTexts.bytes(bytes) : '';
}

function namesOf(tags: readonly { name: string }[]): string[] {
  return tags.map(({ name }) => name);
}
