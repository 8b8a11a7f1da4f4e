import { texts } from '../words/texts.ts';
import styles from './notice.module.css';

interface NoticeProps {
  text: string;
  /** For whoever wants to know more. */
  detail?: string | undefined;
  /** What can be done about it. */
  children?: React.ReactNode;
}

/** One sentence that says why there is nothing, and one thing to do. */
export function Notice({ text, detail, children }: NoticeProps) {
  return (
    <div className={styles.notice} role="status">
      <p>{text}</p>
      {children}
      {detail !== undefined && detail !== '' && (
        <details className={styles.detail}>
          <summary>{texts.failure.detail}</summary>
          <p>{detail}</p>
        </details>
      )}
    </div>
  );
}
