import { useEffect, useRef, useState } from 'react';
import { longestSearch } from '../api/limits.ts';

interface SearchInputProps {
  value: string;
  onSearch: (q: string) => void;
  id?: string;
}

/** Searches while one types, a third of a second after the last sign. */
export function SearchInput({ onSearch, value, ...props }: SearchInputProps) {
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  // Somebody cleared the filters elsewhere.
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    setShown(value);
    if (value === '') setText('');
  }
  const search = (q: string) => {
    clearTimeout(timer.current);
    if (q.trim() !== value) onSearch(q.trim());
  };
  return (
    <input
      {...props}
      type="search"
      autoComplete="off"
      enterKeyHint="search"
      maxLength={longestSearch}
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => search(target.value), typingMs);
      }}
      onKeyDown={({ key }) => key === 'Enter' && search(text)}
    />
  );
}

/** Milliseconds. */
const typingMs = 300;
