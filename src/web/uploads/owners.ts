const nameOf = (page: string) => `mediashelf-uploads:${page}`;

/** This page, among others that the browser has open: each works on the files that were given to it. */
export const owner = Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join('');

// Held as long as the page is there, whatever ends it.
void locks()?.request(nameOf(owner), () => new Promise(() => undefined));

/**
 * Calls back once the other page is gone, and at once where that cannot be known: browsers know locks only where a page came over
 * HTTPS, or from the machine itself.
 */
export async function whenGone(other: string, adopt: () => Promise<void>): Promise<void> {
  await (locks()?.request(nameOf(other), adopt) ?? adopt());
}

function locks(): LockManager | undefined {
  return (navigator as { locks?: LockManager }).locks;
}
