// Sends one GraphQL request after the other on eight connections for a while and tells how many were answered.
import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

const { url, query, runMs } = workerData;
const agent = new Agent({ keepAlive: true, maxSockets: 8 });
const body = JSON.stringify({ query });
const until = performance.now() + runMs;
let count = 0;
await Promise.all(Array.from({ length: 8 }, askUntilTheEnd));
agent.destroy();
parentPort.postMessage(count);

async function askUntilTheEnd() {
  while (performance.now() < until) {
    await ask();
    count += 1;
  }
}

function ask() {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const outgoing = request(url, { method: 'POST', agent, headers }, (incoming) =>
      incoming.resume().on('end', resolve),
    );
    outgoing.on('error', reject).end(body);
  });
}
