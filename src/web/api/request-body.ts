interface RequestBody {
  documentId: string;
  variables?: unknown;
}

/**
 * Writes the body of a request: as JSON or, where one of the variables is a file, as a GraphQL multipart request, in which the
 * browser reads the file while it is sent.
 */
export function toRequestBody(request: RequestBody): { body: string | FormData; headers: Record<string, string> } {
  const variables = Object.entries((request.variables ?? {}) as Record<string, unknown>);
  const file = variables.find((entry): entry is [string, File] => entry[1] instanceof File);
  if (file === undefined) return { body: JSON.stringify(request), headers: { 'content-type': 'application/json' } };
  const [name, content] = file;
  const body = new FormData();
  // In this order, by the specification: what is asked for, where the file belongs, the file.
  body.append(
    'operations',
    JSON.stringify({ ...request, variables: { ...Object.fromEntries(variables), [name]: null } }),
  );
  body.append('map', JSON.stringify({ 0: [`variables.${name}`] }));
  body.append('0', content, content.name);
  return { body, headers: {} };
}
