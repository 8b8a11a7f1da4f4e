import { expect, it } from 'vitest';
import { maxPacketBytes, packMessages, readPacket, type BusMessage } from '../../../src/base/bus/pack-messages.ts';

const bytesOf = (messages: readonly BusMessage[]) =>
  Buffer.byteLength(JSON.stringify({ from: 'x'.repeat(36), number: 1e15, messages, hasGap: true }));

it('packs as many messages into a packet as it holds, in their order', () => {
  const messages = Array.from({ length: 500 }, (_, n): BusMessage => ['topic', `${n} ${'é"\n'.repeat(n % 40)}`]);
  const packets = packMessages(messages);
  expect(packets.flat()).toEqual(messages);
  expect(packets.length).toBeGreaterThan(1);
  for (const packet of packets) expect(bytesOf(packet)).toBeLessThanOrEqual(maxPacketBytes);
  for (const [index, packet] of packets.slice(0, -1).entries()) {
    expect(bytesOf([...packet, ...(packets[index + 1] ?? []).slice(0, 1)])).toBeGreaterThan(maxPacketBytes - 200);
  }
});

it('makes what no packet holds a gap, and nothing else', () => {
  const large: BusMessage = ['large', 'x'.repeat(8_000)];
  expect(packMessages([['a', '1'], large, ['b', '2']])).toEqual([
    [
      ['a', '1'],
      ['large', null],
      ['b', '2'],
    ],
  ]);
  expect(packMessages([])).toEqual([]);
});

it.each(['', 'null', '[]', '{', '"text"', '{"from":"a"}', '{"from":"a","number":1,"messages":[["t",1]]}'])(
  'takes %j for no packet',
  (payload) => {
    expect(readPacket(payload)).toBeNull();
  },
);
