import { expect, it } from 'vitest';
import { createSingleFlight } from '../../../src/base/async/single-flight.ts';
import { createSlots } from '../../../src/base/async/slots.ts';

it('gives as many slots as there are, and each back once, however often it is ended', async () => {
  const slots = createSlots(2, 'Things');
  const [first] = [slots.take(), slots.take()];
  expect(() => slots.take()).toThrow(
    expect.objectContaining({
      code: 'SERVICE_BUSY',
      retryAfterSeconds: 5,
      message: 'Things are limited to 2 at once, and there are as many. Try again in 5 seconds.',
    }),
  );
  first?.();
  first?.();
  expect(slots.taken).toBe(1);
  await expect(slots.run(() => Promise.reject(new Error('it failed')))).rejects.toThrow('it failed');
  expect(slots.taken).toBe(1);
  expect(await slots.run(async () => slots.taken)).toBe(2);
});

it('a single flight refuses one flight too many, and lets any number join those under way', async () => {
  const share = createSingleFlight<string>(1);
  const { signal } = new AbortController();
  const landing = new EventTarget();
  const first = share('a', signal, async () => {
    await new Promise((resolve) => landing.addEventListener('now', resolve));
    return 'a';
  });
  const joined = share('a', signal, () => Promise.reject(new Error('never begun')));
  await expect(share('b', signal, async () => 'b')).rejects.toMatchObject({ code: 'SERVICE_BUSY' });
  landing.dispatchEvent(new Event('now'));
  expect(await Promise.all([first, joined])).toEqual(['a', 'a']);
  expect(await share('b', signal, async () => 'b')).toBe('b');
});
