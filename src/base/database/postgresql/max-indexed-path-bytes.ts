/**
 * The longest path that can be indexed, in bytes. An index of PostgreSQL holds 2704 of a row, of which the key of a
 * category, for example, is a part too.
 */
export const maxIndexedPathBytes = 2600;
