/**
 * Reads the names of a list as proxies and people write it: `a, b`, `a|b`, `a;b`, `"a b", "c"`, or JSON. Distinguished
 * names have commas in them, so that lists of those are parted by the other signs.
 */
export function parseNameList(text: string): string[] {
  const names = readJsonList(text) ?? text.split(isDistinguishedName(text) ? /[;|]/ : /[,;|]/);
  return names.map((name) => name.trim().replace(/^"(.*)"$/, '$1')).filter((name) => name !== '');
}

function readJsonList(text: string): string[] | null {
  if (!text.trimStart().startsWith('[')) return null;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter((name) => typeof name === 'string') : null;
  } catch {
    return null; // a name begins with a bracket
  }
}

function isDistinguishedName(text: string): boolean {
  return /^\s*"?(?:cn|ou|uid|dc)=[^,;|]+,\s*(?:cn|ou|uid|dc|o|c)=/i.test(text);
}

/** Reads a header as UTF-8 where it is that: Node takes every byte for a character of Latin-1. */
export function decodeHeader(value: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
  } catch {
    return value; // it is Latin-1 indeed
  }
}
