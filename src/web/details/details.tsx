import { useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useAction } from '../api/use-operation.ts';
import { describeFailure } from '../api/describe-failure.ts';
import { bytes, duration, localMoment, moment, number } from '../words/format.ts';
import { texts } from '../words/texts.ts';
import { useMayEdit } from '../api/use-viewer.ts';
import type { UpdateMediaInput } from '../generated/graphql.ts';
import { Button } from '../ui/button.tsx';
import { say } from '../ui/say.ts';
import styles from './details.module.css';
import { UpdateItemDocument, type Item } from '../media/item-documents.ts';

/** What is known of an item, and what a person says of it, which can be changed here. */
export function Details({ item }: { item: Item }) {
  const mayEdit = useMayEdit();
  const client = useQueryClient();
  const updating = useAction(UpdateItemDocument);
  const save = (changes: Omit<UpdateMediaInput, 'id'>) =>
    updating.mutate(
      { input: { id: item.id, ...changes } },
      {
        onSuccess({ updateMedia }) {
          if (updateMedia.__typename !== 'MediaItem' && 'message' in updateMedia) say(updateMedia.message);
          void client.invalidateQueries();
        },
        onError: (error) => say(describeFailure(error)),
      },
    );
  return (
    <aside className={styles.details} aria-label={texts.viewer.details}>
      <TextField
        label={texts.details.title}
        value={item.title}
        isFixed={!mayEdit}
        onSave={(title) => save({ title: title || null })}
      />
      <TextField
        label={texts.details.description}
        value={item.description ?? ''}
        isFixed={!mayEdit}
        isLong
        onSave={(description) => save({ description: description || null })}
      />
      <Rating value={item.rating ?? 0} isFixed={!mayEdit} onRate={(rating) => save({ rating })} />
      <Tags
        tags={item.tags}
        isFixed={!mayEdit}
        onAdd={(tag) => save({ addTags: [tag] })}
        onRemove={(tag) => save({ removeTags: [tag] })}
      />
      <dl className={styles.facts}>
        {factsOf(item).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </aside>
  );
}

interface TextFieldProps {
  label: string;
  value: string;
  isFixed: boolean;
  isLong?: boolean;
  onSave: (text: string) => void;
}

function TextField({ label, value, isFixed, isLong = false, onSave }: TextFieldProps) {
  const [text, setText] = useState(value);
  const Field = isLong ? 'textarea' : 'input';
  if (isFixed) return value === '' ? null : <p className={styles.text}>{value}</p>;
  return (
    <label className={styles.field}>
      <span>{label}</span>
      <Field
        value={text}
        {...(isLong && { rows: 3 })}
        onChange={({ target }) => setText(target.value)}
        onBlur={() => text.trim() !== value && onSave(text.trim())}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Enter' && !isLong) currentTarget.blur();
          if (key === 'Escape') setText(value);
        }}
      />
    </label>
  );
}

function Rating({
  value,
  isFixed,
  onRate,
}: {
  value: number;
  isFixed: boolean;
  onRate: (stars: number | null) => void;
}) {
  if (isFixed && value === 0) return null;
  return (
    <div className={styles.stars} role="group" aria-label={texts.details.rating}>
      {[1, 2, 3, 4, 5].map((stars) => (
        <button
          key={stars}
          type="button"
          disabled={isFixed}
          aria-label={texts.details.rate(stars)}
          aria-pressed={value === stars}
          onClick={() => onRate(value === stars ? null : stars)}
        >
          {stars <= value ? '★' : '☆'}
        </button>
      ))}
    </div>
  );
}

interface TagsProps {
  tags: readonly string[];
  isFixed: boolean;
  onAdd: (tag: string) => void;
  onRemove: (tag: string) => void;
}

function Tags({ tags, isFixed, onAdd, onRemove }: TagsProps) {
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    onAdd(text.trim());
    setText('');
  };
  return (
    <div className={styles.tags}>
      {tags.map((tag) => (
        <span key={tag} className={styles.tag}>
          {tag}
          {!isFixed && (
            <button type="button" aria-label={texts.details.removeTag(tag)} onClick={() => onRemove(tag)}>
              <X aria-hidden />
            </button>
          )}
        </span>
      ))}
      {!isFixed && (
        <form onSubmit={submit}>
          <input
            value={text}
            maxLength={100}
            aria-label={texts.details.addTag}
            placeholder={texts.details.addTag}
            onChange={({ target }) => setText(target.value)}
          />
          {text !== '' && <Button render={<button type="submit" />}>{texts.selection.addTag}</Button>}
        </form>
      )}
    </div>
  );
}

function factsOf(item: Item): [string, string][] {
  const { camera, place, video, audio, caption, keywords, music } = item.facts ?? {};
  const words = texts.details;
  const all: [string, string | null | undefined | false][] = [
    [words.taken, localMoment(item.capturedAtLocal)],
    [words.camera, [camera?.make, camera?.model].filter(Boolean).join(' ')],
    [words.lens, camera?.lens],
    [words.exposure, camera && exposureOf(camera)],
    [words.place, place && `${place.latitude.toFixed(5)}, ${place.longitude.toFixed(5)}`],
    [words.caption, caption],
    [words.keywords, keywords?.join(', ')],
    [words.dimensions, !!item.width && !!item.height && `${number(item.width)} × ${number(item.height)}`],
    [words.length, typeof item.durationSeconds === 'number' && duration(item.durationSeconds)],
    [words.video, video?.map(({ codec, hdr }) => [codec, hdr].filter(Boolean).join(' ')).join(', ')],
    [words.audio, audio?.map(({ codec, language }) => [codec, language].filter(Boolean).join(' ')).join(', ')],
    [words.album, [music?.artist, music?.album, music?.year].filter(Boolean).join(' · ')],
    [words.size, bytes(item.sizeBytes)],
    [words.file, item.filename],
    [words.folder, item.relativePath.split('/').slice(0, -1).join('/')],
    [words.category, item.category.label],
    [words.added, moment(item.createdAt)],
    [words.beside, item.companions.map(({ filename }) => filename).join(', ')],
  ];
  return all.filter((fact): fact is [string, string] => typeof fact[1] === 'string' && fact[1] !== '');
}

function exposureOf(camera: NonNullable<NonNullable<Item['facts']>['camera']>): string {
  const { aperture, exposureSeconds, focalLengthMm, iso } = camera;
  const time =
    typeof exposureSeconds !== 'number'
      ? ''
      : exposureSeconds >= 0.5
        ? `${number(exposureSeconds)} s`
        : `1/${Math.round(1 / exposureSeconds)} s`;
  return [
    typeof aperture === 'number' ? `ƒ/${number(aperture)}` : '',
    time,
    typeof iso === 'number' ? `ISO ${number(iso)}` : '',
    typeof focalLengthMm === 'number' ? `${number(focalLengthMm)} mm` : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
