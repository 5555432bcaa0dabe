import { setTimeout as delay } from 'node:timers/promises';

/** So many conflicts are met again at once: the other writer's events can mostly be read already. */
const MET_AT_ONCE = 2;
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 200;
const PATIENCE_MS = 8_000;

/**
 * Pauses between conflicts with other writers, which grow and have some chance in them. A store may decide by events
 * that it does not show yet, so that looking again at once would find the same conflict; EventStoreDB does so until its
 * followers and its index have them.
 */
export class ConflictPauses {
  private conflicts = 0;
  private until = Infinity;

  constructor(private readonly patienceMs = PATIENCE_MS) {}

  /** Waits before the next try; false when this has gone on for too long. */
  async next(): Promise<boolean> {
    if (this.conflicts++ === 0) this.until = performance.now() + this.patienceMs;
    if (performance.now() > this.until) return false;
    if (this.conflicts > MET_AT_ONCE) await delay(this.pause());
    return true;
  }

  private pause(): number {
    const grown = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.conflicts - MET_AT_ONCE - 1));
    return grown * (0.5 + Math.random() / 2);
  }
}
