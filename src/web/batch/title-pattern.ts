export interface PatternFacts {
  /** With its extension. */
  filename: string;
  title: string;
  relativePath: string;
  /** Such as 2024-01-31T23:59:59.000. */
  capturedAtLocal: string;
}

const part = /\{([^{}]*)\}/g;

/** The parts of a pattern that mean nothing. */
export function unknownParts(pattern: string): string[] {
  return Array.from(pattern.matchAll(part), ([whole, name = '']) => (isKnown(name) ? [] : [whole])).flat();
}

/** Returns the title that a pattern gives to an item, of which `n` is the number; `{nnn}` has three digits at least. */
export function fillPattern(pattern: string, n: number, item: PatternFacts): string {
  return pattern.replaceAll(part, (whole, name: string) => valueOf(name, n, item) ?? whole).trim();
}

function valueOf(name: string, n: number, { capturedAtLocal, filename, relativePath, title }: PatternFacts) {
  if (/^n+$/.test(name)) return String(n).padStart(name.length, '0');
  switch (name) {
    case 'name':
      return filename.replace(/(?<=.)\.[^.]+$/, '');
    case 'title':
      return title;
    case 'date':
      return capturedAtLocal.slice(0, 10);
    case 'folder':
      return relativePath.split('/').at(-2) ?? '';
    default:
      return null;
  }
}

function isKnown(name: string): boolean {
  return /^(?:n+|name|title|date|folder)$/.test(name);
}
