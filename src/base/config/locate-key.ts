import { isAlias, isMap, isNode, isPair, isScalar, isSeq, type Document, type Node, type Pair } from 'yaml';
import { z } from 'zod';

export type KeyPath = readonly PropertyKey[];

/** Names a key as messages do: `categories[2].root_path`. */
export function describeKeyPath(path: KeyPath): string {
  return z.core.toDotPath(path);
}

/**
 * Returns the offset in the text of a key or a list's item. Where there is none (a required key that is missing, a key
 * that came through `<<`) it is the offset of the nearest node that should hold it. An alias leads to its anchor.
 */
export function locateKey(document: Document, path: KeyPath): number {
  let node: unknown = document.contents;
  let offset = offsetOf(node) ?? 0;
  for (const segment of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(segment));
      if (!pair) return offset;
      offset = offsetOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(segment)];
      offset = offsetOf(node) ?? offset;
    } else return offset;
  }
  return offset;
}

/** The path of a node, from the ancestors that yaml's `visit` gives. */
export function pathOfNode(ancestors: readonly (Document | Node | Pair)[], node: Node | Pair): (string | number)[] {
  const steps = [...ancestors, node];
  return steps.flatMap((step, index): (string | number)[] => {
    if (isPair(step)) return [isScalar(step.key) ? String(step.key.value) : String(step.key)];
    return isSeq(step) && index + 1 < steps.length ? [step.items.indexOf(steps[index + 1])] : [];
  });
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
