import { Session } from 'node:inspector';
import { performance, type EventLoopUtilization } from 'node:perf_hooks';

export interface IdleHeapOptions {
  /** How the event loop of this thread has been used so far. */
  readonly used?: () => EventLoopUtilization;
  /** Gives the system back what the heap of this thread does not need. */
  readonly collect?: () => void;
}

const LOOK_EVERY_MS = 10_000;
/** Share of the time for which the event loop may have something to do and still be at rest. */
const AT_REST = 0.02;
/** Looks in a row that must find it at rest. */
const LOOKS = 2;

/**
 * Collects the heap of this thread when there has been little to do for half a minute after there was more: V8 leaves garbage and the
 * room for it as they are where nothing is allocated any more. Once each time: it stops the thread for some hundred milliseconds.
 * @returns what ends it
 */
export function collectWhenIdle(options: IdleHeapOptions = {}): () => void {
  const { used = () => performance.eventLoopUtilization(), collect = collectGarbage } = options;
  let last = used();
  let looksAtRest = 0;
  const timer = setInterval(() => {
    const now = used();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    if (utilization > AT_REST) looksAtRest = 0;
    else if ((looksAtRest += 1) === LOOKS) collect();
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Unlike `gc()` this shrinks what is kept free for young objects as well. */
function collectGarbage(): void {
  const session = new Session();
  session.connect();
  // Not within its answer: timers of the thread would stand still for ever.
  session.post('HeapProfiler.collectGarbage', () => setImmediate(() => session.disconnect()));
}
