import { CircleCheck, CircleDashed, CircleX } from 'lucide-react';
import { useIsAdmin } from '../api/use-viewer.ts';
import type { ComponentsQuery } from '../generated/graphql.ts';
import { Part } from '../ui/sheet.tsx';
import { statusTexts } from '../words/status.ts';
import styles from './status.module.css';

type Status = ComponentsQuery['serviceStatus'];

const names = ['database', 'copyparty', 'objectStorage'] as const;
const icons = { OK: CircleCheck, DOWN: CircleX, NOT_CONFIGURED: CircleDashed } as const;
const { components: texts } = statusTexts;

/** What the service depends on, each with its state in words. */
export function Components({ status }: { status: Status }) {
  const isAdmin = useIsAdmin();
  return (
    <Part title={texts.title}>
      <ul className={styles.rows}>
        {names.map((name) => {
          const { detail, state } = status[name];
          const Icon = icons[state];
          return (
            <li key={name} className={styles.row} data-state={state}>
              <Icon aria-hidden className={styles.mark} />
              <div className={styles.words}>
                <p className={styles.name}>{texts.names[name]}</p>
                <p className={styles.note}>{texts.purposes[name]}</p>
                {detail !== null && detail !== undefined && <p className={styles.detail}>{detail}</p>}
                {state === 'DOWN' && !isAdmin && <p className={styles.note}>{texts.noDetail}</p>}
              </div>
              <p className={styles.state}>{texts.states[state]}</p>
            </li>
          );
        })}
      </ul>
    </Part>
  );
}

/** The names of what cannot be used now. */
export function troublesOf(status: Status): string[] {
  return names.filter((name) => status[name].state === 'DOWN').map((name) => texts.names[name]);
}
