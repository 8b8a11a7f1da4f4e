import { useId } from 'react';
import styles from './field.module.css';

interface FieldProps {
  label: string;
  /** What is taken, in part of a sentence. */
  hint?: string | undefined;
  /** The input, without its id. */
  children: React.ReactElement<{ id?: string; 'aria-describedby'?: string | undefined }>;
}

/** An input with its label above and what it takes below. */
export function Field({ label, hint, children }: FieldProps) {
  const id = useId();
  const { type: Input, props } = children;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <Input {...props} id={id} aria-describedby={hint === undefined ? undefined : `${id}-hint`} />
      {hint !== undefined && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  values: readonly Value[];
  nameOf: (value: Value) => string;
  onChange: (value: Value) => void;
}

/** One of a few, all of which are seen. */
export function Choice<Value extends string>({ label, nameOf, onChange, value, values }: ChoiceProps<Value>) {
  const name = useId();
  return (
    <fieldset className={styles.choice}>
      <legend>{label}</legend>
      {values.map((each) => (
        <label key={each}>
          <input type="radio" name={name} checked={each === value} onChange={() => onChange(each)} />
          <span>{nameOf(each)}</span>
        </label>
      ))}
    </fieldset>
  );
}
