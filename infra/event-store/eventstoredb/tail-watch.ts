import { setTimeout as delay } from 'node:timers/promises';
import type { Limits } from './limits.js';
import type { LogEnd } from './log-end.js';
import type { LogTail } from './log-tail.js';
import { BEGINNING } from './positions.js';

export interface TailWatchParts {
  readonly tail: LogTail;
  readonly end: LogEnd;
  readonly limits: Limits;
  /** Given when the store is closed. */
  readonly signal: AbortSignal;
}

/**
 * Notices a subscription that is silent on a connection that lives: the log has gone on, and nothing comes by. Nobody else
 * would, as a quiet shop looks the same.
 */
export async function watchTail({ tail, end, limits, signal }: TailWatchParts): Promise<void> {
  const pause = (milliseconds: number) => delay(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
  for (;;) {
    await pause(limits.silence);
    if (signal.aborted) return;
    if (!tail.isConnected) continue;
    const before = tail.recent?.end ?? BEGINNING;
    const newest = await end.find().catch(() => BEGINNING);
    if (newest <= (tail.recent?.end ?? BEGINNING)) continue;
    await pause(limits.call);
    if (!signal.aborted && tail.recent?.end === before) tail.renew('it is silent while the log goes on');
  }
}
