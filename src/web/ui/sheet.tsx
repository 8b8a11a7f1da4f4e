import styles from './sheet.module.css';

interface SheetProps {
  title: string;
  /** One sentence under the title. */
  lead?: string | undefined;
  /** What can be done with the whole of it. */
  actions?: React.ReactNode;
  /** Whether it takes all the room there is, as lists of pictures do. */
  isWide?: boolean;
  children: React.ReactNode;
}

/** A page of text and forms: a title, what can be done, and parts that follow one another. */
export function Sheet({ title, lead, actions, isWide = false, children }: SheetProps) {
  return (
    <div className={`${styles.sheet} ${isWide ? styles.wide : ''}`} id="list" tabIndex={-1}>
      <header className={styles.head}>
        <div>
          <h1 className={styles.title}>{title}</h1>
          {lead !== undefined && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

interface PartProps {
  title: string;
  lead?: string | undefined;
  actions?: React.ReactNode;
  children: React.ReactNode;
}

/** A part of a sheet, under its own heading. */
export function Part({ title, lead, actions, children }: PartProps) {
  return (
    <section className={styles.part} aria-label={title}>
      <div className={styles.head}>
        <div>
          <h2 className={styles.heading}>{title}</h2>
          {lead !== undefined && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </section>
  );
}

/** What failed, beside the thing that failed. */
export function Failure({ text }: { text: string | null }) {
  return (
    <p className={styles.failure} role="alert">
      {text}
    </p>
  );
}
