// The worker's entry in development and in tests: Node 20 does not load TypeScript in a worker by itself.
import { register } from 'tsx/esm/api';

register();
const { default: runTask } = await import('./worker.ts');

export default runTask;
