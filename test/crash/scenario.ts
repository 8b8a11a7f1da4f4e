import type { CrashService } from './crash-service.ts';

/** What a client was told, and what therefore has to be true whenever the service is killed. */
export type Acknowledged =
  | { kind: 'stored'; id: number; sha256: string; sizeBytes: number; title: string }
  | { kind: 'hidden'; id: number }
  | { kind: 'removed'; id: number; path: string; withFile: boolean };

/** What a client keeps over a restart of the service. */
export interface Client {
  acknowledged: Acknowledged[];
  /** Addresses of resumable uploads that were begun, by the name of the file. */
  begun: Map<string, string>;
}

/** Something that the service does, and that is killed at any moment of it. */
export interface Scenario {
  name: string;
  /** Further settings of the service, and of the preload. */
  environment?: Record<string, string>;
  /** Writes files into a new work folder. */
  write(folder: string): Promise<void>;
  /** What a service has done before, and then what happens on the disk while it is off. */
  prepare?(service: CrashService, folder: string): Promise<void>;
  change?(folder: string): Promise<void>;
  /** Does it, to its end; done once more, it ends as if it had been done once. Rejects where the service dies. */
  act(service: CrashService, folder: string, client: Client): Promise<void>;
}

export const newClient = (): Client => ({ acknowledged: [], begun: new Map() });
