import { useState } from 'react';
import { number } from '../../words/format.ts';
import { texts } from '../../words/texts.ts';
import { rangeOf, writeRange } from '../../list/view-parameters.ts';
import type { FacetValue } from './facets.ts';
import styles from './filter-menu.module.css';

export function Group({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{title}</legend>
      <div className={styles.choices}>{children}</div>
    </fieldset>
  );
}

interface ToggleProps {
  isOn: boolean | undefined;
  onClick: () => void;
  count?: number | null | undefined;
  children: React.ReactNode;
}

export function Toggle({ isOn = false, onClick, count = null, children }: ToggleProps) {
  return (
    <button type="button" className={styles.toggle} aria-pressed={isOn} onClick={onClick}>
      {children} {count !== null && <span className={styles.count}>{number(count)}</span>}
    </button>
  );
}

interface ChoicesProps {
  title: string;
  choices: readonly FacetValue[];
  chosen: readonly string[] | undefined;
  nameOf?: (value: string) => string;
  /** Takes what is chosen then; undefined for nothing. */
  onChoose: (values: string[] | undefined) => void;
  /** Whether only one can be chosen. */
  isSingle?: boolean;
}

/** The values of one kind; nothing where there is nothing to choose between. */
export function Choices({ title, choices, chosen = [], nameOf = String, onChoose, isSingle = false }: ChoicesProps) {
  if (choices.length === 0) return null;
  const toggle = (value: string) => {
    const rest = chosen.includes(value)
      ? chosen.filter((each) => each !== value)
      : isSingle
        ? [value]
        : [...chosen, value];
    onChoose(rest.length === 0 ? undefined : rest);
  };
  return (
    <Group title={title}>
      {choices.map(({ count, value }) => (
        <Toggle key={value} isOn={chosen.includes(value)} count={count} onClick={() => toggle(value)}>
          {nameOf(value)}
        </Toggle>
      ))}
    </Group>
  );
}

interface DayFieldProps {
  label: string;
  value: string | undefined;
  onPick: (day: string | undefined) => void;
}

export function DayField({ label, value, onPick }: DayFieldProps) {
  const [text, setText] = useState(value ?? '');
  return (
    <label className={styles.field}>
      {label}
      <input
        type="date"
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          // A year that is still being typed is no year yet.
          if (target.value === '' || /^[12]\d{3}-/.test(target.value)) onPick(target.value || undefined);
        }}
      />
    </label>
  );
}

interface RangeFieldProps {
  label: string;
  /** What people count in, and how much of what the service counts it is. */
  unit: string;
  factor?: number;
  value: string | undefined;
  onPick: (range: string | undefined) => void;
}

/** At least and at most; what is typed counts once it is complete. */
export function RangeField({ label, unit, factor = 1, value, onPick }: RangeFieldProps) {
  const { gte, lte } = rangeOf(value ?? '');
  const [low, setLow] = useState(gte === undefined ? '' : String(gte / factor));
  const [high, setHigh] = useState(lte === undefined ? '' : String(lte / factor));
  const toNumber = (text: string) => {
    const parsed = Math.round(Number(text.replace(',', '.')) * factor);
    return text.trim() === '' || !(parsed >= 0 && parsed < 1e15) ? undefined : parsed;
  };
  const pick = () => {
    const [least, most] = [toNumber(low), toNumber(high)];
    const isTurned = least !== undefined && most !== undefined && least > most;
    onPick(isTurned ? writeRange(most, least) : writeRange(least, most));
  };
  const field = (name: string, text: string, set: (text: string) => void) => (
    <input
      inputMode="decimal"
      aria-label={`${label}, ${name}, ${unit}`}
      placeholder={name}
      value={text}
      onChange={({ target }) => set(target.value)}
      onBlur={pick}
      onKeyDown={({ key }) => key === 'Enter' && pick()}
    />
  );
  return (
    <div className={styles.range}>
      <span>{label}</span>
      {field(texts.bar.least, low, setLow)}
      <span aria-hidden>–</span>
      {field(texts.bar.most, high, setHigh)}
      <span className={styles.unit}>{unit}</span>
    </div>
  );
}

interface TextFieldProps {
  label: string;
  hint: string;
  value: string | undefined;
  onPick: (text: string | undefined) => void;
}

export function TextField({ label, hint, value, onPick }: TextFieldProps) {
  const [text, setText] = useState(value ?? '');
  const pick = () => text.trim() !== (value ?? '') && onPick(text.trim() || undefined);
  return (
    <label className={styles.range}>
      <span>{label}</span>
      <input
        className={styles.wide}
        placeholder={hint}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onBlur={pick}
        onKeyDown={({ key }) => key === 'Enter' && pick()}
      />
    </label>
  );
}
