/** One message and its topic; null says that there was one that cannot be told. */
export type BusMessage = readonly [topic: string, message: string | null];

/** What one notification holds. */
export interface Packet {
  /** The process that sent it. */
  from: string;
  /** Its number: PostgreSQL sends two equal notifications of a transaction once. */
  number: number;
  messages: BusMessage[];
  /** Whether messages before it were lost. */
  hasGap?: boolean;
}

/** PostgreSQL takes 7999 bytes. */
export const maxPacketBytes = 7_900;
/** What the frame of a packet takes, with some room to spare. */
const frameBytes = 200;

/** Packs messages into as few packets as hold them, in their order. One that is too large for any becomes null. */
export function packMessages(messages: readonly BusMessage[]): BusMessage[][] {
  const packets: BusMessage[][] = [];
  let room = 0;
  for (const [topic, message] of messages) {
    const whole = sizeOf([topic, message]);
    const isTold = whole <= maxPacketBytes - frameBytes;
    const told: BusMessage = isTold ? [topic, message] : [topic, null];
    const size = isTold ? whole : sizeOf(told);
    if (size > room) {
      packets.push([]);
      room = maxPacketBytes - frameBytes;
    }
    packets.at(-1)?.push(told);
    room -= size;
  }
  return packets;
}

/** Reads a packet; null for anything else, as another version may send. */
export function readPacket(payload: string): Packet | null {
  let packet: unknown;
  try {
    packet = JSON.parse(payload);
  } catch {
    return null; // Whoever knows the channel may send anything.
  }
  const { from, number, messages } = (packet ?? {}) as Partial<Packet>;
  const isPacket = typeof from === 'string' && typeof number === 'number' && Array.isArray(messages);
  return isPacket && messages.every(isMessage) ? (packet as Packet) : null;
}

function isMessage(value: unknown): value is BusMessage {
  const [topic, message] = Array.isArray(value) ? (value as unknown[]) : [];
  return typeof topic === 'string' && (message === null || typeof message === 'string');
}

/** With the comma behind it. */
function sizeOf(message: BusMessage): number {
  return Buffer.byteLength(JSON.stringify(message)) + 1;
}
