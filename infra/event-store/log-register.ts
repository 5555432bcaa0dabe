import type { Position } from '../shared/position.js';

/**
 * What is wrong with a log and cannot be mended. `times`: a clock was far ahead; what is recorded later need not be after
 * those times. `lost-keys`: there is no backup of the keys of persons; what was sealed with them stays sealed.
 */
export type Accepted = 'times' | 'lost-keys';

/** What is recorded of a log as a whole, beside its events. */
export interface LogRegister {
  /** Up to which event an operator has accepted that; null: nowhere. */
  accepted(what: Accepted): Promise<Position | null>;
}

/** The same for an operator, while no engine is at work on the log. */
export interface LogKeeper extends LogRegister {
  readonly logId: string;
  /** Position of the last event; null when the log is empty. */
  head(): Promise<Position | null>;
  /** Gives the log another id after it was put back from a backup; answers that id. */
  markRestored(): Promise<string>;
  /** Accepts it of every event up to the head. */
  accept(what: Accepted): Promise<void>;
  close(): Promise<void>;
}
