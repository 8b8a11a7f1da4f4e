import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { hashOf } from '../api/execute.ts';
import { useOperation } from '../api/use-operation.ts';
import { useIsAdmin, useMayEdit } from '../api/use-viewer.ts';
import { readFragment } from '../generated/fragment-masking.ts';
import type { ModelFactsFragment } from '../generated/graphql.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Part, Sheet } from '../ui/sheet.tsx';
import { modelTexts } from '../words/models.ts';
import { ModelDocument, ModelFacts, ModelsDocument } from './documents.ts';
import { ModelForm } from './model-form.tsx';
import { ModelPictures } from './model-pictures.tsx';
import styles from './models.module.css';
import { titleOf } from './title-of.ts';

const route = getRouteApi('/models/$sha256');

/** One model record: what is known of the file, its pictures, and the media items with the same bytes. */
export function ModelPage() {
  const { sha256 } = route.useParams();
  const isAdmin = useIsAdmin();
  const mayEdit = useMayEdit();
  const client = useQueryClient();
  const [isEditing, setEditing] = useState(false);
  const { data, error } = useOperation(ModelDocument, { sha256, seesPaths: isAdmin });
  if (data === undefined) return error === null ? null : <Notice text={describeFailure(error)} />;
  const model = readFragment(ModelFacts, data.model);
  if (model === null || model === undefined) {
    return (
      <Notice text={modelTexts.gone}>
        <Button render={<Link to="/models" search={{}} />}>{modelTexts.all}</Button>
      </Notice>
    );
  }
  const reread = () =>
    Promise.all(
      [hashOf(ModelDocument), hashOf(ModelsDocument)].map((hash) => client.invalidateQueries({ queryKey: [hash] })),
    );
  return (
    <Sheet
      title={titleOf(model)}
      lead={model.type ?? undefined}
      actions={
        <>
          <Button render={<Link to="/models" search={{}} />}>{modelTexts.all}</Button>
          {mayEdit && !isEditing && <Button onClick={() => setEditing(true)}>{modelTexts.edit}</Button>}
        </>
      }
    >
      {isEditing ? (
        <ModelForm
          model={model}
          onClose={() => setEditing(false)}
          onSaved={() => {
            setEditing(false);
            void reread();
          }}
        />
      ) : (
        <Facts model={model} path={data.model?.path} />
      )}
      <ModelPictures key={model.sha256} model={model} mayEdit={mayEdit} onChanged={reread} />
      <SameBytes media={model.media} />
    </Sheet>
  );
}

function Facts({ model, path }: { model: ModelFactsFragment; path: string | undefined }) {
  const { createdAt, description, sha256, sizeBytes, tags, updatedAt } = model;
  const { facts } = modelTexts;
  const rows = [
    typeof sizeBytes === 'number' && [facts.size, modelTexts.bytes(sizeBytes)],
    [facts.added, modelTexts.day(createdAt)],
    typeof updatedAt === 'string' && [facts.changed, modelTexts.day(updatedAt)],
    [facts.sha256, sha256],
    path !== undefined && [facts.path, path],
  ].filter((row) => row !== false);
  return (
    <div className={styles.about}>
      {typeof description === 'string' && <p className={styles.prose}>{description}</p>}
      {tags.length > 0 && (
        <ul className={styles.chips} aria-label={modelTexts.tags}>
          {tags.map(({ name, tagId }) => (
            <li key={tagId}>
              <Link to="/models" search={{ tags: [tagId] }}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
      )}
      <dl className={styles.facts}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function SameBytes({ media }: Pick<ModelFactsFragment, 'media'>) {
  return (
    <Part title={modelTexts.media}>
      {media.length === 0 && <p className={styles.note}>{modelTexts.noMedia}</p>}
      <ul className={styles.files}>
        {media.map(({ category, id, thumbnailUrl, title }) => (
          <li key={id}>
            <Link to="/item/$id" params={{ id }} className={styles.file}>
              <img
                alt=""
                loading="lazy"
                src={thumbnailUrl}
                onError={({ currentTarget }) => (currentTarget.hidden = true)}
              />
              <span>
                {title} <span className={styles.note}>{category.label}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Part>
  );
}
