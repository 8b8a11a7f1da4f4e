import { useEffect, useRef, useState } from 'react';
import styles from './spoken.module.css';

interface SpokenProps {
  text: string;
  /** Whether it goes on changing by itself, as a number that grows. */
  isUnderWay: boolean;
}

/**
 * Says a text to those who hear the page, and shows it to nobody: it stands beside what is seen, which says nothing itself. What is
 * under way is told every ten seconds at most, and its end at once.
 */
export function Spoken({ text, isUnderWay }: SpokenProps) {
  const [said, setSaid] = useState('');
  const last = useRef(-Infinity);
  useEffect(() => {
    const wait = isUnderWay ? Math.max(0, last.current + pauseMs - performance.now()) : 0;
    const timer = setTimeout(() => {
      last.current = performance.now();
      setSaid(text);
    }, wait);
    return () => clearTimeout(timer);
  }, [text, isUnderWay]);
  return (
    <span className={styles.spoken} role="status">
      {said}
    </span>
  );
}

const pauseMs = 10_000;
