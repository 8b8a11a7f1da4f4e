import { useEffect, useRef } from 'react';
import { texts } from '../words/texts.ts';
import type { Trouble } from './ask-why.ts';
import { findUnplayable } from './can-play.ts';
import { FilmElement, type Moment } from './film-element.tsx';
import type { FilmProps } from './film-props.ts';
import { Unplayable } from './unplayable.tsx';
import { useTrouble } from './use-trouble.ts';

const reasonIsReadMs = 5_000;

/** A film, or why it does not play: said before, where this browser cannot play what is in it. */
export function Film(props: FilmProps) {
  const { tile, item, isPartOfShow, onEnd } = props;
  const { trouble, ask, retry: askAgain } = useTrouble(tile.streamUrl);
  /** Where it stopped: what passes goes on from there. */
  const stoppedAt = useRef<Moment | null>(null);
  const codecs = item?.facts?.video.map(({ codec }) => codec ?? '').filter((codec) => codec !== '') ?? [];
  const unplayable =
    item === null ? null : findUnplayable({ filename: item.filename, videoCodecs: codecs }, canPlayType);
  const isStuck = unplayable !== null || trouble !== null;
  const latestEnd = useRef(onEnd);
  latestEnd.current = onEnd;
  useEffect(() => {
    if (!isStuck || !isPartOfShow) return;
    const timer = setTimeout(() => latestEnd.current(), reasonIsReadMs);
    return () => clearTimeout(timer);
  }, [isStuck, isPartOfShow]);
  if (unplayable !== null) return <Unplayable tile={tile} item={item} reason={texts.film.cannot(unplayable)} />;
  if (trouble !== null) {
    const retry = 'retryInSeconds' in trouble ? { hint: hintOf(trouble), onRetry: askAgain } : undefined;
    return <Unplayable tile={tile} item={item} reason={texts.film.troubles[trouble.kind]} retry={retry} />;
  }
  return (
    <FilmElement
      {...props}
      stoppedAt={stoppedAt.current}
      onFailure={(moment) => {
        stoppedAt.current = moment;
        ask();
      }}
    />
  );
}

function hintOf({ kind, retryInSeconds }: Extract<Trouble, { retryInSeconds: number }>): string {
  return kind === 'signedOut' ? texts.film.goesOnSignedIn : texts.film.goesOn(retryInSeconds);
}

function canPlayType(type: string): string {
  return document.createElement('video').canPlayType(type);
}
