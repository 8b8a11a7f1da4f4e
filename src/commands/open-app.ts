import type { createApp } from '../app.ts';

/** `createApp`, loaded when a command comes to it: help and mistakes are answered before, in a fifth of the time. */
export async function openApp(...options: Parameters<typeof createApp>): ReturnType<typeof createApp> {
  return (await import('../app.ts')).createApp(...options);
}
