import { ServiceRequestError } from './command-errors.ts';

/** A document as `graphql()` of any generated folder returns it: its text, with the types of what it asks for. */
interface TypedDocument<Result, Variables> {
  toString(): string;
  __apiType?: (variables: Variables) => Result;
}

interface Answer<Result> {
  data?: Result;
  errors?: { message: string }[];
}

/**
 * Sends one typed operation to a service and returns its data. Throws ServiceRequestError where the answer has none.
 */
export async function requestGraphQL<Result, Variables>(
  url: string,
  document: TypedDocument<Result, Variables>,
  ...[variables]: Variables extends Record<string, never> ? [] : [Variables]
): Promise<Result> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...(process.env.MEDIASHELF_TOKEN && { authorization: `Bearer ${process.env.MEDIASHELF_TOKEN}` }),
    },
    body: JSON.stringify({ query: document.toString(), variables }),
  }).catch((error: unknown) => {
    throw new ServiceRequestError(`No service answers at ${url}. Is it running, with the same HOST and PORT?`, {
      cause: error,
    });
  });
  const { data, errors } = await readAnswer<Result>(response);
  if (errors !== undefined || data === undefined) {
    const messages = errors?.map(({ message }) => message).join('\n');
    throw new ServiceRequestError(messages ?? `The service answered ${response.status} without data.`);
  }
  return data;
}

/** Reads an answer of GraphQL. Throws ServiceRequestError where another program answered. */
async function readAnswer<Result>(response: Response): Promise<Answer<Result>> {
  const answer: unknown = await response.json().catch(() => null); // no JSON is no answer of the service
  if (typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer))
    return answer as Answer<Result>;
  throw new ServiceRequestError(
    `What answers at ${response.url} is not mediashelf (status ${response.status}). Are HOST and PORT those of the service?`,
  );
}
