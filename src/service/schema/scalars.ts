import { DateTimeResolver, JSONResolver, SafeIntResolver } from 'graphql-scalars';
import { GraphQLError } from 'graphql';
import { builder } from './builder.ts';
import { IncomingFile } from './incoming-file.ts';

builder.addScalarType('DateTime', DateTimeResolver, { description: 'A moment by RFC 3339, in UTC.' });
builder.addScalarType('SafeInt', SafeIntResolver, {
  description: 'An integer up to 2^53-1, such as a number of bytes.',
});
builder.addScalarType('JSON', JSONResolver, { description: 'Any JSON value.' });

builder.scalarType('Upload', {
  description:
    'A file, sent beside the operation as the GraphQL multipart request specification has it. Null stands in its place ' +
    'among the variables.',
  parseValue(value) {
    if (value instanceof IncomingFile) return value;
    throw new GraphQLError('Send the file in a multipart request, whose `map` names this variable.');
  },
  parseLiteral() {
    throw new GraphQLError('A file is given by a variable.');
  },
  serialize() {
    throw new GraphQLError('A file is only ever sent to the service.');
  },
});
