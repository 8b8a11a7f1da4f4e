import { memo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { number, section as nameOf } from '../words/format.ts';
import { texts } from '../words/texts.ts';
import { itemAt, pitchOf, type ListLayout } from '../list/list-layout.ts';
import { placeOf, type SectionIndex } from '../list/sections.ts';
import { clampTop } from '../list/scroll-window.ts';
import styles from './scrubber.module.css';
import { useSize } from '../ui/use-size.ts';

interface ScrubberProps {
  index: SectionIndex;
  grid: ListLayout;
  /** The height of the list at the top of the view. */
  top: number;
  viewHeight: number;
  onScrub: (top: number) => void;
}

/** The scrollbar of a list of any length: it leads to any part of it, and says which. */
export function Scrubber({ index, grid, top, viewHeight, onScrub }: ScrubberProps) {
  const track = useRef<HTMLDivElement>(null);
  const { height } = useSize(track);
  const [isHeld, setHeld] = useState(false);
  const reach = grid.height - viewHeight;
  if (reach <= 0 || viewHeight === 0) return null;
  const share = clampTop(top, grid.height, viewHeight) / reach;
  const item = itemAt(grid, share >= 1 ? grid.height : top + grid.headingHeight);
  const here = placeName(index, item);

  const scrub = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    onScrub(Math.min(1, Math.max(0, (event.clientY - box.top) / box.height)) * reach);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = keyTarget(event.key, top, viewHeight, grid);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    onScrub(to);
  };
  return (
    <div
      ref={track}
      className={styles.scrubber}
      role="slider"
      tabIndex={0}
      aria-label={texts.list.scrubber}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={Math.max(0, index.total - 1)}
      aria-valuenow={item}
      aria-valuetext={here}
      data-held={isHeld || undefined}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setHeld(true);
        scrub(event);
      }}
      onPointerMove={(event) => isHeld && scrub(event)}
      onPointerUp={() => setHeld(false)}
      onPointerCancel={() => setHeld(false)}
    >
      <Years index={index} grid={grid} reach={reach} height={height} />
      <span className={styles.thumb} style={{ top: share * height }}>
        <span className={styles.here}>{here}</span>
      </span>
    </div>
  );
}

interface YearsProps {
  index: SectionIndex;
  grid: ListLayout;
  reach: number;
  height: number;
}

/** They stay where they are while the thumb moves. */
const Years = memo(function Years({ index, grid, reach, height }: YearsProps) {
  return years(index, grid, reach, height).map(({ year, at }) => (
    <span key={year} className={styles.year} style={{ top: at }}>
      {year}
    </span>
  ));
});

function placeName(index: SectionIndex, item: number): string {
  const { key = '' } = index.sections[placeOf(index, item).section] ?? {};
  return key === '' ? number(item + 1) : nameOf(key);
}

/** The years, where there is room for their names. */
function years(index: SectionIndex, grid: ListLayout, reach: number, height: number): { year: string; at: number }[] {
  const found: { year: string; at: number }[] = [];
  for (const [section, { key }] of index.sections.entries()) {
    const year = /^[+-]?\d{4,6}/.exec(key)?.[0];
    if (year === undefined || year === found.at(-1)?.year) continue;
    const at = Math.min(1, (grid.tops[section] ?? 0) / reach) * height;
    const { at: last = -Infinity } = found.at(-1) ?? {};
    if (at - last >= 28 && at <= height - 12) found.push({ year, at });
  }
  return found;
}

function keyTarget(key: string, top: number, viewHeight: number, grid: ListLayout): number | null {
  switch (key) {
    case 'ArrowUp':
      return top - pitchOf(grid);
    case 'ArrowDown':
      return top + pitchOf(grid);
    case 'PageUp':
      return top - viewHeight;
    case 'PageDown':
      return top + viewHeight;
    case 'Home':
      return 0;
    case 'End':
      return grid.height;
    default:
      return null;
  }
}
