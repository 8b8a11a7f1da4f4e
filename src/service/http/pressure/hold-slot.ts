import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Slots } from '../../../base/async/slots.ts';

/** Takes a slot for as long as a request is being answered, or its client is there. Throws ServiceBusyError. */
export function holdSlot(slots: Slots, request: IncomingMessage, response: ServerResponse): void {
  const end = slots.take();
  const { socket } = request;
  // A response that waits behind another on its connection never gets a `close`.
  const over = () => {
    socket.off('close', over);
    end();
  };
  response.once('close', over);
  socket.once('close', over);
}
