import type { Connection } from './log-file.js';

/** In pages of 4 KiB. A larger write-ahead log means fewer and better merged checkpoints, but slower reads. */
const CHECKPOINT_AT = 4_000;
const RESTART_AT = 16_000;

interface WalState {
  readonly busy: number;
  readonly log: number;
  readonly checkpointed: number;
}

/**
 * Keeps the write-ahead log small, between two groups instead of within a commit. A checkpoint that a reader stands in the
 * way of does what it can; beyond RESTART_AT each group tries to start the log over, which the first gap between reads
 * allows.
 */
export class WalUpkeep {
  readonly #state;
  readonly #passive;
  readonly #restart;

  constructor(db: Connection) {
    db.pragma('wal_autocheckpoint = 0');
    db.pragma(`journal_size_limit = ${RESTART_AT * 2 * 4096}`);
    this.#state = db.prepare<[], WalState>('PRAGMA wal_checkpoint(NOOP)');
    this.#passive = db.prepare<[], WalState>('PRAGMA wal_checkpoint(PASSIVE)');
    this.#restart = db.prepare<[], WalState>('PRAGMA wal_checkpoint(RESTART)');
  }

  run(): void {
    const state = this.#state.get();
    if (state === undefined) return;
    if (state.log >= RESTART_AT) this.#restart.get();
    else if (state.log - state.checkpointed >= CHECKPOINT_AT) this.#passive.get();
  }
}
