/** An index of PostgreSQL holds 2704 bytes of a row; the key of a category, for example, takes some of them. */
export const maxIndexedPathBytes = 2600;
