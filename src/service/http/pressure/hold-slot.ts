import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Slots } from '../../../base/async/slots.ts';

/** Holds a slot until the request is answered or its client has left. Throws ServiceBusyError. */
export function holdSlot(slots: Slots, request: IncomingMessage, response: ServerResponse): void {
  const release = slots.take();
  const { socket } = request;
  // A response that waits behind another one on its connection never gets a `close`.
  const end = () => {
    socket.off('close', end);
    release();
  };
  response.once('close', end);
  socket.once('close', end);
}
