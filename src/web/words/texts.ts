import { frame } from './frame.ts';
import { list } from './list.ts';
import { viewer } from './viewer.ts';

/**
 * Every text of the page. Plain words; verbs on buttons; a number with its unit. The texts of pages that few open lie in this folder too,
 * each in a file that its page loads with itself.
 */
export const texts = { ...frame, ...list, ...viewer } as const;
