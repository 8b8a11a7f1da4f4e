import { ChevronLeft, ChevronRight, ImagePlus, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useAction } from '../api/use-operation.ts';
import { describeFailure } from '../api/describe-failure.ts';
import type { ModelFactsFragment } from '../generated/graphql.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Failure, Part } from '../ui/sheet.tsx';
import { modelTexts } from '../words/models.ts';
import { OrderPicturesDocument, RemovePictureDocument } from './documents.ts';
import styles from './models.module.css';
import { inOrder, moveTo } from './picture-order.ts';
import { Picture } from './picture.tsx';
import { usePictureDrag } from './use-picture-drag.ts';
import { usePictureUploads } from './use-picture-uploads.ts';

interface ModelPicturesProps {
  model: ModelFactsFragment;
  mayEdit: boolean;
  /** Resolves when the model was read again. */
  onChanged: () => Promise<unknown>;
}

const { pictures: texts } = modelTexts;

/** The pictures of a model, brought into order by dragging or by keys, with what adds and removes them. */
export function ModelPictures({ mayEdit, model, onChanged }: ModelPicturesProps) {
  const { sha256 } = model;
  const ordering = useAction(OrderPicturesDocument);
  const removing = useAction(RemovePictureDocument);
  const uploads = usePictureUploads(sha256, onChanged);
  const [order, setOrder] = useState<readonly number[] | null>(null);
  const [doomed, setDoomed] = useState<number | null>(null);
  const [said, say] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const focusNext = useRef<string | null>(null);
  const pictures = inOrder(model.images, order);
  // The browser forgets the focus of what was moved.
  useEffect(() => {
    if (focusNext.current !== null) list.current?.querySelector<HTMLElement>(focusNext.current)?.focus();
    focusNext.current = null;
  });
  const move = (seq: number, to: number, by?: 'earlier' | 'later') => {
    const seqs = moveTo(
      pictures.map((picture) => picture.seq),
      seq,
      to,
    );
    if (seqs === null) return;
    if (by !== undefined) focusNext.current = `[data-seq="${seq}"] [data-by="${by}"]`;
    setOrder(seqs);
    say(texts.moved(seqs.indexOf(seq) + 1));
    ordering.mutate(
      { input: { sha256, seqs } },
      // What somebody else changed meanwhile is seen, whether this was taken or not.
      { onSettled: () => void onChanged().then(() => setOrder(null)) },
    );
  };
  usePictureDrag(list, mayEdit, {
    onMove: (seq, onto) =>
      move(
        seq,
        pictures.findIndex((picture) => picture.seq === onto),
      ),
    onFiles: uploads.add,
  });
  const remove = (seq: number) =>
    removing.mutate({ input: { sha256, seq } }, { onSettled: () => void onChanged().then(() => setOrder(null)) });
  const failures = [ordering, removing].flatMap(({ data, error }) =>
    error !== null ? describeFailure(error) : data !== undefined && 'message' in data.result ? data.result.message : [],
  );
  return (
    <Part
      title={texts.title}
      lead={mayEdit ? texts.hint : undefined}
      actions={mayEdit && <AddButton uploads={uploads} />}
    >
      <p role="status" className={styles.note}>
        {uploads.left > 0 ? texts.adding(uploads.left) : said}
      </p>
      {[...failures, ...uploads.failures].map((text) => (
        <Failure key={text} text={text} />
      ))}
      {pictures.length === 0 && uploads.left === 0 && <p className={styles.note}>{texts.none}</p>}
      <ul ref={list} className={styles.pictures} aria-label={texts.title}>
        {pictures.map((picture, at) => (
          <li key={picture.seq} data-seq={picture.seq} className={styles.picture} draggable={mayEdit}>
            <a href={picture.high} target="_blank" rel="noreferrer" draggable={false}>
              <Picture
                picture={picture}
                alt={texts.nameOf(at + 1, pictures.length)}
                sizes="(width < 720px) 90vw, 300px"
              />
            </a>
            {mayEdit && (
              <div className={styles.tools}>
                <IconButton
                  label={texts.earlier(at + 1)}
                  icon={<ChevronLeft />}
                  data-by="earlier"
                  aria-disabled={at === 0}
                  onClick={() => move(picture.seq, at - 1, 'earlier')}
                />
                <IconButton
                  label={texts.later(at + 1)}
                  icon={<ChevronRight />}
                  data-by="later"
                  aria-disabled={at === pictures.length - 1}
                  onClick={() => move(picture.seq, at + 1, 'later')}
                />
                <IconButton label={texts.remove(at + 1)} icon={<X />} onClick={() => setDoomed(picture.seq)} />
              </div>
            )}
          </li>
        ))}
      </ul>
      {doomed !== null && (
        <ConfirmDialog
          title={texts.sure}
          lead={texts.sureLead}
          confirm={texts.removeIt}
          cancel={texts.keep}
          onConfirm={() => remove(doomed)}
          onClose={() => setDoomed(null)}
        />
      )}
    </Part>
  );
}

function AddButton({ uploads }: { uploads: ReturnType<typeof usePictureUploads> }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button onClick={() => input.current?.click()}>
        <ImagePlus aria-hidden size={18} /> {texts.add}
      </Button>
      <input
        ref={input}
        hidden
        multiple
        type="file"
        accept="image/*,.heic,.heif,.tif,.tiff"
        aria-label={texts.add}
        onChange={({ currentTarget }) => {
          uploads.add([...(currentTarget.files ?? [])]);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
    </>
  );
}
