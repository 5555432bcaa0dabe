/**
 * A place in the global order of the log: opaque text whose plain string order is the log's order. Each adapter writes
 * it in its own fixed width (SQLite: 16 digits; EventStoreDB: 20 digits of commit, `-`, 20 digits of prepare).
 */
export type Position = string & { readonly __brand: 'Position' };

/** How far something has come in a log. */
export interface Checkpoint {
  readonly logId: string;
  readonly position: Position;
}

const NUMBERED = 16;
const PATTERN = /^\d{16}$|^\d{20}-\d{20}$/;

/** The position that a text names, or undefined when it is none. */
export const parsePosition = (text: string): Position | undefined =>
  PATTERN.test(text) ? (text as Position) : undefined;

export const positionOfNumber = (value: number): Position => String(value).padStart(16, '0') as Position;

/** EventStoreDB's positions are bytes of its log; an event of ours takes about so many. */
const BYTES_AN_EVENT = 700;

/** How far `from` is behind `to`, in events (EventStoreDB: estimated by size); null counts as the beginning. */
export function distance(from: Position | null, to: Position | null): number {
  if (to === null) return 0;
  const ahead = Math.max(0, leading(to) - leading(from));
  return to.length === NUMBERED ? ahead : Math.ceil(ahead / BYTES_AN_EVENT);
}

const leading = (position: Position | null): number => (position === null ? 0 : Number(position.split('-')[0]));

/** Finds the position that is last in the log; null where there is none. */
export const latest = (positions: readonly (Position | null)[]): Position | null =>
  positions.reduce((one, other) => (one === null || (other !== null && other > one) ? other : one), null);
