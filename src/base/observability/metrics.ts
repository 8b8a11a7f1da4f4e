import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What the service reports about itself, in the format of Prometheus. Names and labels are in the README. */
export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  request(answered: { method: string; route: string; status: number; seconds: number }): void;
  /** Returns a function that counts the bytes of the route's bodies as they are handed to the system. */
  bytesOf(route: string): (bytes: number) => void;
  operation(executed: OperationFacts): void;
  jobEnded(job: { kind: string; status: string; seconds: number }): void;
  /** `outcome` is ok, or the code of the failure. */
  upstreamAnswered(request: { method: string; outcome: string; seconds: number }): void;
  received(file: { sizeBytes: number }): void;
  /** Reads the sources each time that somebody asks for the metrics. */
  watch(sources: MetricSources): void;
}

export interface OperationFacts {
  /** Null where the operation has none, or was sent by a stranger: strangers must not use up the names. */
  name: string | null;
  kind: 'query' | 'mutation' | 'subscription';
  /** `refused` for expected errors, `failed` for unexpected ones. */
  outcome: 'ok' | 'refused' | 'failed';
  seconds: number;
}

interface MetricSources {
  jobs(): { kind: string; isRunning: boolean; done: number }[];
  workers(): { threads: number; busy: number; queued: number };
  /** What is limited and under way, by name: uploads, archives, subscriptions. */
  slots: Record<string, { readonly taken: number }>;
}

/** The most names of operations that are counted apart; later ones are counted as `other`. */
const maxNames = 100;
const requestBuckets = [0.005, 0.025, 0.1, 0.5, 1, 5, 30];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const nameOf = createNameLimit(maxNames);

  const requests = new Histogram({
    name: 'mediashelf_http_request_duration_seconds',
    help: 'Requests, from the first byte of the head to the last of the answer.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: requestBuckets,
    registers,
  });
  const sent = new Counter({
    name: 'mediashelf_http_sent_bytes_total',
    help: 'Bytes of files, pictures and archives that were sent.',
    labelNames: ['route'] as const,
    registers,
  });
  const operations = new Histogram({
    name: 'mediashelf_graphql_operation_duration_seconds',
    help: 'GraphQL operations that were executed; of a subscription, its beginning.',
    labelNames: ['name', 'kind', 'outcome'] as const,
    buckets: requestBuckets,
    registers,
  });
  const endedJobs = new Counter({
    name: 'mediashelf_jobs_ended_total',
    help: 'Jobs that came to their end here.',
    labelNames: ['kind', 'status'] as const,
    registers,
  });
  const lastJob = new Gauge({
    name: 'mediashelf_job_last_end_timestamp_seconds',
    help: 'When a job of that kind last ended with that status.',
    labelNames: ['kind', 'status'] as const,
    registers,
  });
  const lastDuration = new Gauge({
    name: 'mediashelf_job_last_duration_seconds',
    help: 'How long the last job of that kind ran.',
    labelNames: ['kind'] as const,
    registers,
  });
  const upstream = new Histogram({
    name: 'mediashelf_upstream_request_duration_seconds',
    help: 'Requests to copyparty, to the head of the answer.',
    labelNames: ['method', 'outcome'] as const,
    buckets: requestBuckets,
    registers,
  });
  const uploads = new Counter({
    name: 'mediashelf_uploads_received_total',
    help: 'Uploads that arrived whole.',
    registers,
  });
  const uploadedBytes = new Counter({
    name: 'mediashelf_upload_received_bytes_total',
    help: 'Bytes of the uploads that arrived whole.',
    registers,
  });

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    request: ({ method, route, status, seconds }) => requests.observe({ method, route, status }, seconds),
    bytesOf(route) {
      const child = sent.labels(route);
      return (bytes) => child.inc(bytes);
    },
    operation: ({ name, kind, outcome, seconds }) => operations.observe({ name: nameOf(name), kind, outcome }, seconds),
    jobEnded({ kind, status, seconds }) {
      endedJobs.inc({ kind, status });
      lastJob.set({ kind, status }, Date.now() / 1000);
      lastDuration.set({ kind }, seconds);
    },
    upstreamAnswered: ({ method, outcome, seconds }) => upstream.observe({ method, outcome }, seconds),
    received({ sizeBytes }) {
      uploads.inc();
      uploadedBytes.inc(sizeBytes);
    },
    watch: (sources) => watchSources(registry, sources),
  };
}

function watchSources(registry: Registry, { jobs, workers, slots }: MetricSources): void {
  const registers = [registry];
  const addGauge = <L extends string>(name: string, help: string, labelNames: L[], read: (gauge: Gauge<L>) => void) =>
    new Gauge({
      name: `mediashelf_${name}`,
      help,
      labelNames,
      registers,
      collect() {
        this.reset();
        read(this);
      },
    });
  addGauge('jobs', 'Jobs that this process has.', ['kind', 'state'], (gauge) => {
    for (const { kind, isRunning } of jobs()) gauge.inc({ kind, state: isRunning ? 'running' : 'queued' });
  });
  addGauge('job_items_done', 'Items that the running jobs have done.', ['kind'], (gauge) => {
    for (const { kind, isRunning, done } of jobs()) if (isRunning) gauge.inc({ kind }, done);
  });
  addGauge('worker_threads', 'Worker threads and processes that there may be.', [], (gauge) =>
    gauge.set(workers().threads),
  );
  addGauge('worker_threads_busy', 'Worker threads and processes that are at work.', [], (gauge) =>
    gauge.set(workers().busy),
  );
  addGauge('worker_queue', 'Tasks that wait for a thread or a process.', [], (gauge) => gauge.set(workers().queued));
  addGauge('under_way', 'What is limited, and under way.', ['what'], (gauge) => {
    for (const [what, { taken }] of Object.entries(slots)) gauge.set({ what }, taken);
  });
}

/** Returns names as they are while there are few of them, `other` for all that come later, `anonymous` for null. */
export function createNameLimit(maxNames: number): (name: string | null) => string {
  const names = new Set<string>();
  return (name) => {
    if (name === null) return 'anonymous';
    if (names.has(name)) return name;
    if (names.size >= maxNames || name.length > maxNameLength) return 'other';
    names.add(name);
    return name;
  };
}

const maxNameLength = 80;
