import { useState, type FormEvent } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { useAction } from '../api/use-operation.ts';
import type { Role } from '../generated/graphql.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { say } from '../ui/say.ts';
import { Failure } from '../ui/sheet.tsx';
import { settingsTexts } from '../words/settings.ts';
import { MakeTokenDocument } from './documents.ts';
import styles from './settings.module.css';

const { tokens: texts } = settingsTexts;
const roles: readonly Role[] = ['VIEWER', 'EDITOR', 'ADMIN'];
const lifetimesInDays = [30, 90, 365, 0] as const;
type Lifetime = (typeof lifetimesInDays)[number];
const dayMs = 86_400_000;

/** Makes a token and shows its text, which nothing can show again. */
export function MakeToken({ onMade }: { onMade: () => void }) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('VIEWER');
  const [days, setDays] = useState<Lifetime>(365);
  const [made, setMade] = useState<{ name: string; token: string } | null>(null);
  const making = useAction(MakeTokenDocument);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const expiresAt = days === 0 ? null : new Date(Date.now() + days * dayMs).toISOString();
    making.mutate(
      { input: { name: name.trim(), role, expiresAt } },
      {
        onSuccess({ result }) {
          if ('message' in result) return;
          setMade({ name: result.apiToken.name, token: result.token });
          setName('');
          onMade();
        },
      },
    );
  };
  const refused = making.data !== undefined && 'message' in making.data.result ? making.data.result.message : null;
  if (made !== null) return <MadeToken {...made} onHide={() => setMade(null)} />;
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field label={texts.name} hint={texts.nameHint}>
        <input required maxLength={100} value={name} onChange={({ target }) => setName(target.value)} />
      </Field>
      <Field label={texts.role}>
        <select
          value={role}
          onChange={({ target }) => setRole(roles.find((each) => each === target.value) ?? 'VIEWER')}
        >
          {roles.map((each) => (
            <option key={each} value={each}>
              {texts.roles[each]}
            </option>
          ))}
        </select>
      </Field>
      <Field label={texts.expires}>
        <select
          value={days}
          onChange={({ target }) => setDays(lifetimesInDays.find((each) => each === Number(target.value)) ?? 365)}
        >
          {lifetimesInDays.map((each) => (
            <option key={each} value={each}>
              {texts.lifetimes[each]}
            </option>
          ))}
        </select>
      </Field>
      <Button kind="primary" render={<button type="submit" />} disabled={making.isPending || name.trim() === ''}>
        {texts.make}
      </Button>
      <Failure text={making.error === null ? refused : describeFailure(making.error)} />
    </form>
  );
}

function MadeToken({ name, onHide, token }: { name: string; token: string; onHide: () => void }) {
  const copy = () =>
    void navigator.clipboard.writeText(token).then(
      () => say(texts.copied),
      // Only pages that came over HTTPS may; the text is selected for the person instead.
      () => document.querySelector<HTMLInputElement>('#made-token')?.select(),
    );
  return (
    <div className={styles.made} role="group" aria-labelledby="made-token-name">
      <p id="made-token-name" className={styles.name}>
        {texts.made(name)}
      </p>
      <p className={styles.note} role="status">
        {texts.once}
      </p>
      <div className={styles.line}>
        <input
          id="made-token"
          readOnly
          // The person has just asked for it.
          ref={(input) => input?.select()}
          value={token}
          aria-labelledby="made-token-name"
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <Button kind="primary" onClick={copy}>
          {texts.copy}
        </Button>
        <Button onClick={onHide}>{texts.hide}</Button>
      </div>
    </div>
  );
}
