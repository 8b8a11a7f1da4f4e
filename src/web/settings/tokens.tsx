import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { hashOf } from '../api/execute.ts';
import { useAction, useOperation } from '../api/use-operation.ts';
import type { TokensQuery } from '../generated/graphql.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { say } from '../ui/say.ts';
import { Failure, Part } from '../ui/sheet.tsx';
import { settingsTexts } from '../words/settings.ts';
import { RevokeTokenDocument, TokensDocument } from './documents.ts';
import { MakeToken } from './make-token.tsx';
import styles from './settings.module.css';
import { isOver, lifeOf } from './token-life.ts';

type Token = TokensQuery['apiTokens'][number];

const { tokens: texts } = settingsTexts;

/** What others are let in by: made, listed with their last use, and revoked. */
export function Tokens() {
  const client = useQueryClient();
  const { data, dataUpdatedAt, error } = useOperation(TokensDocument);
  const [doomed, setDoomed] = useState<Token | null>(null);
  const revoke = useAction(RevokeTokenDocument);
  const reread = () => void client.invalidateQueries({ queryKey: [hashOf(TokensDocument)] });
  const carryOut = ({ id, name }: Token) =>
    revoke.mutate(
      { id },
      {
        onSuccess: ({ result }) => say('message' in result ? result.message : texts.revoked(name)),
        onError: (failure) => say(describeFailure(failure)),
        onSettled: reread,
      },
    );
  const now = new Date(dataUpdatedAt);
  const tokens = (data?.apiTokens ?? []).toReversed();
  const good = tokens.filter((token) => !isOver(token, now));
  const past = tokens.filter((token) => isOver(token, now));
  return (
    <Part title={texts.title} lead={texts.lead}>
      <MakeToken onMade={reread} />
      {error !== null && <Failure text={describeFailure(error)} />}
      {data !== undefined && good.length === 0 && <p className={styles.note}>{texts.none}</p>}
      <ul className={styles.tokens} aria-label={texts.title}>
        {good.map((token) => (
          <TokenLine key={token.id} token={token} now={now}>
            <Button kind="danger" aria-label={texts.revokeName(token.name)} onClick={() => setDoomed(token)}>
              {texts.revoke}
            </Button>
          </TokenLine>
        ))}
      </ul>
      {past.length > 0 && (
        <details>
          <summary className={styles.note}>{texts.past(past.length)}</summary>
          <ul className={styles.tokens}>
            {past.map((token) => (
              <TokenLine key={token.id} token={token} now={now} />
            ))}
          </ul>
        </details>
      )}
      {doomed !== null && (
        <ConfirmDialog
          title={texts.sure(doomed.name)}
          lead={texts.sureLead}
          confirm={texts.revoke}
          cancel={texts.keep}
          onConfirm={() => carryOut(doomed)}
          onClose={() => setDoomed(null)}
        />
      )}
    </Part>
  );
}

function TokenLine({ children, now, token }: { token: Token; now: Date; children?: React.ReactNode }) {
  return (
    <li className={styles.token}>
      <div className={styles.words}>
        <p className={styles.name}>{token.name}</p>
        <p className={styles.note}>{texts.roles[token.role]}</p>
        <p className={styles.note}>{lifeOf(token, now).join(' · ')}</p>
      </div>
      {children}
    </li>
  );
}
