import { DateTimeResolver, JSONResolver, SafeIntResolver } from 'graphql-scalars';
import { builder } from './builder.ts';

builder.addScalarType('DateTime', DateTimeResolver, { description: 'A moment by RFC 3339, in UTC.' });
builder.addScalarType('SafeInt', SafeIntResolver, {
  description: 'An integer up to 2^53-1, such as a number of bytes.',
});
builder.addScalarType('JSON', JSONResolver, { description: 'Any JSON value.' });
