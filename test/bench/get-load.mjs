// Asks for addresses by GET on 16 connections for a while, one after the other on each, and tells how many were answered. It
// reads as little of an answer as tells where it ends, so that its own work does not count: one process, and no parser.
import { connect } from 'node:net';

process.on('message', (task) => void load(task));

async function load({ port, paths, runMs, headers }) {
  const until = performance.now() + runMs;
  let next = 0;
  let count = 0;
  const requests = paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${headers}\r\n`);
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      const socket = connect(port, '127.0.0.1');
      socket.setNoDelay();
      let left = 0;
      let head = '';
      await new Promise((done, fail) => {
        const ask = () => {
          if (performance.now() >= until) socket.end(done);
          else socket.write(requests[(next = (next + 1) % requests.length)]);
        };
        socket.once('connect', ask).once('error', fail);
        socket.on('data', (chunk) => {
          if (left === 0) {
            head += chunk.latin1Slice();
            const end = head.indexOf('\r\n\r\n');
            if (end < 0) return;
            if (!head.startsWith('HTTP/1.1 200')) return fail(new Error(head.slice(0, 200)));
            left = Number(/content-length: (\d+)/i.exec(head)[1]) - (head.length - end - 4);
            head = '';
          } else left -= chunk.length;
          if (left > 0) return;
          count += 1;
          ask();
        });
      });
    }),
  );
  process.send(count, () => process.exit());
}
