import type { Connection } from './log-file.js';
import { PAGE_BYTES } from './schema.js';

/** Limits in pages. */
export interface WalBounds {
  /** The least pages that are not in the file yet for a checkpoint; with fewer, the same pages would be written more often. */
  readonly checkpointAt: number;
  /** The length from which the log is restarted as soon as no reader uses it. */
  readonly restartAt: number;
}

const BOUNDS: WalBounds = { checkpointAt: 2_000, restartAt: 8_000 };

interface WalState {
  readonly busy: number;
  readonly log: number;
  readonly checkpointed: number;
}

/**
 * Keeps the write-ahead log small between groups instead of within a commit. A checkpoint copies what readers allow; beyond
 * `restartAt` each group tries to restart the log, which works in the first gap between reads.
 */
export class WalUpkeep {
  readonly #state;
  readonly #passive;
  readonly #restart;

  constructor(
    db: Connection,
    private readonly bounds = BOUNDS,
  ) {
    db.pragma('wal_autocheckpoint = 0');
    db.pragma(`journal_size_limit = ${bounds.restartAt * 2 * PAGE_BYTES}`);
    this.#state = db.prepare<[], WalState>('PRAGMA wal_checkpoint(NOOP)');
    this.#passive = db.prepare<[], WalState>('PRAGMA wal_checkpoint(PASSIVE)');
    this.#restart = db.prepare<[], WalState>('PRAGMA wal_checkpoint(RESTART)');
  }

  run(): void {
    const state = this.#state.get();
    if (state === undefined) return;
    if (state.log >= this.bounds.restartAt) this.#restart.get();
    else if (state.log - state.checkpointed >= this.bounds.checkpointAt) this.#passive.get();
  }
}
