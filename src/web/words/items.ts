import { number } from './format.ts';

/** Returns `1 item` or `1 204 items`. */
export function items(count: number, one = 'item', many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}
