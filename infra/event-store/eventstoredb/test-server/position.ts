/** A place in $all. Compared by commit, then by prepare: a checkpoint (X, 0) stands before the event at (X, X). */
export interface Position {
  readonly commit: number;
  readonly prepare: number;
}

/** Before every event. */
export const START: Position = { commit: -1, prepare: -1 };
/** After every event, now and later. */
export const END: Position = { commit: Number.MAX_VALUE, prepare: Number.MAX_VALUE };

export function at(offset: number): Position {
  return { commit: offset, prepare: offset };
}

export function isBefore(left: Position, right: Position): boolean {
  return left.commit < right.commit || (left.commit === right.commit && left.prepare < right.prepare);
}

export function latest(left: Position, right: Position): Position {
  return isBefore(left, right) ? right : left;
}
