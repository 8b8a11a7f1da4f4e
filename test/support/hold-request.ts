import type { Page } from 'playwright';

export interface HeldRequest {
  /** Settles once the page has sent it. */
  arrived: Promise<void>;
  /** Lets it go on; gives what the service answered. */
  release(): Promise<string>;
}

/** Holds the next GraphQL request of a page that has a text in its body, as a slow line would. */
export async function holdRequest(page: Page, text: string): Promise<HeldRequest> {
  const { promise: arrived, resolve: arrive } = withResolvers<void>();
  const { promise: released, resolve: release } = withResolvers<void>();
  const { promise: answered, resolve: answer } = withResolvers<string>();
  let isHeld = false;
  await page.route('**/graphql', async (route) => {
    if (isHeld || route.request().postData()?.includes(text) !== true) return route.fallback();
    isHeld = true;
    arrive();
    await released;
    const response = await route.fetch();
    const body = await response.text();
    await route.fulfill({ response, body });
    answer(body);
  });
  return {
    arrived,
    release() {
      release();
      return answered;
    },
  };
}

/** As newer versions of JavaScript have it. */
function withResolvers<Value>(): { promise: Promise<Value>; resolve: (value: Value) => void } {
  let resolve: ((value: Value) => void) | undefined;
  const promise = new Promise<Value>((settle) => (resolve = settle));
  return { promise, resolve: (value) => resolve?.(value) };
}
