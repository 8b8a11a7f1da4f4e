// Writes schema/schema.graphql, the committed public contract, from the code.
import { writeFileSync } from 'node:fs';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { schema } from '../src/service/schema/schema.ts';

writeFileSync('schema/schema.graphql', `${printSchema(lexicographicSortSchema(schema))}\n`);
