import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';

export interface ThreadOptions {
  /** Shown by the operating system and in traces. */
  readonly name: string;
  /** Copied into the thread. */
  readonly workerData: unknown;
  /** Room for objects that have just been made, MiB; default 24. A third of it is used between two collections. */
  readonly youngMib?: number;
}

const YOUNG_MIB = 24;

/**
 * Starts a thread whose heap has bounds of its own. V8 would give each thread the room for young objects that
 * `--max-semi-space-size` gives the process for its requests, and a thread that is handed messages fills it with garbage.
 */
export function startThread(entry: URL, { name, workerData, youngMib = YOUNG_MIB }: ThreadOptions): Worker {
  // The flag outdoes the limits of a thread. It has done its work: the first thread's heap keeps what it was made with.
  setFlagsFromString('--max-semi-space-size=0');
  return new Worker(entry, {
    name,
    workerData,
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: youngMib },
  });
}
