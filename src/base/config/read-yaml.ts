import { isNode, LineCounter, parseDocument, visit, type Document, type Node } from 'yaml';
import type { ConfigFault } from './config-errors.ts';
import { describeKeyPath, locateKey, pathOfNode, type KeyPath } from './locate-key.ts';

export interface YamlSource {
  /** The plain value; undefined where the text has none, and then `faults` says why. */
  value: unknown;
  faults: ConfigFault[];
  warnings: (Position & { warning: string })[];
  /** Returns line and column, from 1, of a key, or of what should hold it where there is no such key. */
  position(path: KeyPath): Position;
}

interface Position {
  line: number;
  column: number;
}

type Fault = Omit<ConfigFault, 'line' | 'column'> & { offset: number };

// A parser that lost its way complains about all that follows the first real fault.
const maxSyntaxFaults = 10;

/**
 * Reads one document of YAML 1.2, with the merge keys (`<<`) of YAML 1.1. A key that stands twice is a fault beside a
 * value, so that it can be reported together with the faults of the value.
 */
export function readYaml(text: string): YamlSource {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, merge: true, prettyErrors: false, logLevel: 'error' });
  const positionAt = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { line, column: col };
  };

  const fatal = [...listSyntaxFaults(document), ...findBadAliases(document)];
  const { value, problem } = fatal.length > 0 ? { value: undefined } : toPlainValue(document);
  const faults = [...fatal, ...findRepeatedKeys(document), ...(problem ? [problem] : [])];
  return {
    value,
    faults: faults.map(({ offset, ...fault }) => ({ ...fault, ...positionAt(offset) })),
    warnings: document.warnings.map(({ message, pos }) => {
      const position = positionAt(pos[0]);
      return { ...position, warning: `Line ${position.line}: ${message}.` };
    }),
    position: (path) => positionAt(locateKey(document, path)),
  };
}

function listSyntaxFaults(document: Document): Fault[] {
  return document.errors
    .filter(({ code }) => code !== 'DUPLICATE_KEY')
    .slice(0, maxSyntaxFaults)
    .map(({ message, pos }) => ({ key: '', offset: pos[0], found: `broken YAML: ${message}`, expected: 'YAML' }));
}

function findRepeatedKeys(document: Document): Fault[] {
  const offsets = new Set(document.errors.filter(({ code }) => code === 'DUPLICATE_KEY').map(({ pos }) => pos[0]));
  const faults: Fault[] = [];
  visit(document, {
    Pair(_, pair, ancestors) {
      const offset = isNode(pair.key) ? pair.key.range?.[0] : undefined;
      if (offset === undefined || !offsets.has(offset)) return;
      const key = describeKeyPath(pathOfNode(ancestors, pair));
      faults.push({ key, offset, found: 'the same key a second time', expected: 'each key once' });
    },
  });
  return faults;
}

/** An alias inside its own anchor would become an object that contains itself, on which every later walk hangs. */
function findBadAliases(document: Document): Fault[] {
  const faults: Fault[] = [];
  // Kept by hand, because `alias.resolve` searches the document from its start each time.
  const anchors = new Map<string, Node>();
  visit(document, {
    Value(_, node) {
      if (node.anchor) anchors.set(node.anchor, node);
    },
    Alias(_, alias, ancestors) {
      const target = anchors.get(alias.source);
      if (target && !ancestors.includes(target)) return;
      faults.push({
        key: describeKeyPath(pathOfNode(ancestors, alias)),
        offset: alias.range?.[0] ?? 0,
        found: `*${alias.source}, ${target ? 'which contains itself' : 'which nothing defines'}`,
        expected: `an alias of an anchor (&${alias.source}) that ends before it`,
      });
    },
  });
  return faults;
}

/** Some faults show only when aliases and merge keys unfold: aliases of aliases without end, `<<` before a list. */
function toPlainValue(document: Document): { value: unknown; problem?: Fault } {
  try {
    return { value: document.toJS() };
  } catch (error) {
    const found = `what does not unfold: ${error instanceof Error ? error.message : String(error)}`;
    const expected = 'at most 100 uses of an alias, and only mappings behind <<';
    return { value: undefined, problem: { key: '', offset: 0, found, expected } };
  }
}
