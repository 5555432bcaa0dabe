import type { Connection } from './log-file.js';
import { PAGE_BYTES } from './schema.js';

/** In pages. */
export interface WalBounds {
  /** So many pages that are not in the file yet are worth a checkpoint: fewer would write the same pages more often. */
  readonly checkpointAt: number;
  /** From this length on the log is to start over as soon as no reader stands in it. */
  readonly restartAt: number;
}

const BOUNDS: WalBounds = { checkpointAt: 2_000, restartAt: 8_000 };

interface WalState {
  readonly busy: number;
  readonly log: number;
  readonly checkpointed: number;
}

/**
 * Keeps the write-ahead log small, between two groups instead of within a commit. A checkpoint that a reader stands in the
 * way of does what it can; beyond `restartAt` each group tries to start the log over, which the first gap between reads
 * allows.
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
