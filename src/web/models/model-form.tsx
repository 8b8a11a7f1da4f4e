import { useState, type FormEvent } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { useAction } from '../api/use-operation.ts';
import type { ModelFactsFragment } from '../generated/graphql.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { say } from '../ui/say.ts';
import { Failure } from '../ui/sheet.tsx';
import { modelTexts } from '../words/models.ts';
import { UpdateModelDocument } from './documents.ts';
import { changesOf } from './model-changes.ts';
import styles from './models.module.css';

interface ModelFormProps {
  model: ModelFactsFragment;
  onSaved: () => void;
  onClose: () => void;
}

/** Changes what people say of a model. Only what was changed is sent: what somebody else changed meanwhile stays. */
export function ModelForm({ model, onClose, onSaved }: ModelFormProps) {
  const [given, setGiven] = useState({
    name: model.name ?? '',
    type: model.type ?? '',
    description: model.description ?? '',
    tags: model.tags.map(({ name }) => name).join(', '),
  });
  // What it was when the form was opened.
  const [before] = useState(given);
  const saving = useAction(UpdateModelDocument);
  const set = (change: Partial<typeof given>) => setGiven({ ...given, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const changes = changesOf(before, given);
    if (Object.keys(changes).length === 0) return onClose();
    saving.mutate(
      { input: { sha256: model.sha256, ...changes } },
      {
        onSuccess({ result }) {
          if ('message' in result) return;
          say(modelTexts.saved);
          onSaved();
        },
      },
    );
    return undefined;
  };
  const refused = saving.data !== undefined && 'message' in saving.data.result ? saving.data.result.message : null;
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field label={modelTexts.name}>
        <input maxLength={500} value={given.name} onChange={({ target }) => set({ name: target.value })} />
      </Field>
      <Field label={modelTexts.type} hint={modelTexts.typeHint}>
        <input maxLength={100} value={given.type} onChange={({ target }) => set({ type: target.value })} />
      </Field>
      <Field label={modelTexts.tags} hint={modelTexts.tagsHint}>
        <input value={given.tags} onChange={({ target }) => set({ tags: target.value })} />
      </Field>
      <Field label={modelTexts.description}>
        <textarea value={given.description} onChange={({ target }) => set({ description: target.value })} />
      </Field>
      <Failure text={saving.error === null ? refused : describeFailure(saving.error)} />
      <div className={styles.buttons}>
        <Button kind="primary" render={<button type="submit" />} disabled={saving.isPending}>
          {modelTexts.save}
        </Button>
        <Button onClick={onClose}>{modelTexts.cancel}</Button>
      </div>
    </form>
  );
}
