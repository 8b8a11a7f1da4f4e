import { useQueryClient } from '@tanstack/react-query';
import { describeFailure } from '../api/describe-failure.ts';
import { useAction, useOperation } from '../api/use-operation.ts';
import { Button } from '../ui/button.tsx';
import { say } from '../ui/say.ts';
import { Failure, Part } from '../ui/sheet.tsx';
import { statusTexts } from '../words/status.ts';
import { ConfigurationDocument, ReloadConfigurationDocument } from './documents.ts';
import styles from './status.module.css';

const { config: texts } = statusTexts;

/** The file that the categories come from: what is in force, and what is wrong with it, by line and column. */
export function Configuration() {
  const client = useQueryClient();
  const { data, error } = useOperation(ConfigurationDocument);
  const reload = useAction(ReloadConfigurationDocument);
  const refusal = reload.data !== undefined && 'message' in reload.data.result ? reload.data.result : null;
  const start = () =>
    reload.mutate(
      {},
      {
        onSuccess({ result }) {
          if (!('message' in result)) say(texts.reloaded);
          void client.invalidateQueries();
        },
      },
    );
  const config = data?.mediaConfig;
  return (
    <Part
      title={texts.title}
      lead={config && texts.lead(config.path, config.loadedAt)}
      actions={
        <Button disabled={reload.isPending} onClick={start}>
          {reload.isPending ? texts.reloading : texts.reload}
        </Button>
      }
    >
      <Failure
        text={reload.error !== null ? describeFailure(reload.error) : error === null ? null : describeFailure(error)}
      />
      {refusal !== null && (
        <>
          {/* The faults follow below, each in a row of its own. */}
          <Failure text={'faults' in refusal ? (refusal.message.split('\n')[0] ?? '') : refusal.message} />
          <p className={styles.note}>{texts.kept}</p>
        </>
      )}
      {refusal !== null && 'faults' in refusal && (
        <Places
          label={texts.faults}
          head={[texts.found, texts.expected]}
          rows={refusal.faults.map(({ expected, found, ...place }) => ({ ...place, cells: [found, expected] }))}
        />
      )}
      {config !== undefined && refusal === null && config.locatedWarnings.length === 0 && (
        <p>{texts.good(config.categoryKeys.length)}</p>
      )}
      {config !== undefined && config.locatedWarnings.length > 0 && (
        <>
          <p>{texts.warnings(config.locatedWarnings.length)}</p>
          <Places
            label={texts.warned}
            head={[texts.message]}
            rows={config.locatedWarnings.map(({ message, ...place }) => ({ ...place, cells: [message] }))}
          />
        </>
      )}
    </Part>
  );
}

interface PlacesProps {
  label: string;
  head: readonly string[];
  rows: readonly { key: string; line?: number | null; column?: number | null; cells: readonly string[] }[];
}

/** Places of the file, in its order, each with what is to be said of it. */
function Places({ head, label, rows }: PlacesProps) {
  return (
    <div className={styles.table}>
      <table aria-label={label}>
        <thead>
          <tr>
            {[texts.line, texts.column, texts.key, ...head].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ cells, column, key, line }) => (
            <tr key={[key, line, column, ...cells].join(' ')}>
              <td>{line ?? '–'}</td>
              <td>{column ?? '–'}</td>
              <td>{key === '' ? texts.everywhere : key}</td>
              {cells.map((cell, at) => (
                <td key={head[at]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
