let chosen: string | null = null;

/** Notes that a film is to begin by itself when it is shown: somebody has chosen it, or it comes next. */
export function choose(id: string): void {
  chosen = id;
}

/** Whether a film was chosen. */
export function isChosen(id: string): boolean {
  return chosen === id;
}

/** Forgets the choice, once the film is there. */
export function forgetChosen(id: string): void {
  if (chosen === id) chosen = null;
}
