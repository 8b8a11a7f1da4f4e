/** Gives names back as they are as long as there are few of them, `other` for all that come later, `anonymous` for none. */
export function createNameLimit(mostNames: number): (name: string | null) => string {
  const names = new Set<string>();
  return (name) => {
    if (name === null) return 'anonymous';
    if (names.has(name)) return name;
    if (names.size >= mostNames || name.length > longestName) return 'other';
    names.add(name);
    return name;
  };
}

const longestName = 80;
