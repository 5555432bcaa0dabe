/** The stream's current revision must be this number, or one of the values below (the server's own constants). */
export type ExpectedRevision = number;
export const NO_STREAM = -1;
export const ANY = -2;
export const STREAM_EXISTS = -4;

/** What the writer sees of the stream it decides about. */
export interface StreamHead {
  /** -1 where there is none. */
  readonly currentRevision: number;
  readonly hasMetadata: boolean;
  readonly isSoftDeleted: boolean;
  readonly isTombstoned: boolean;
  /** The id at a revision of this stream, whatever has been truncated. */
  idAt(revision: number): string | undefined;
  /** The revision under which a recently written id is known for this stream. */
  recentRevisionOf(id: string): number | undefined;
}

export type Decision =
  | { readonly kind: 'append' }
  | { readonly kind: 'idempotent'; readonly lastRevision: number }
  | { readonly kind: 'wrong-expected-version' }
  | { readonly kind: 'stream-deleted' };

const APPEND: Decision = { kind: 'append' };
const WRONG: Decision = { kind: 'wrong-expected-version' };
const DELETED: Decision = { kind: 'stream-deleted' };

/** The writer's commit check: ids are compared only where the expected revision does not settle it; content never is. */
export function decideAppend(head: StreamHead, expected: ExpectedRevision, ids: readonly string[]): Decision {
  if (head.isTombstoned) return DELETED;
  if (expected === STREAM_EXISTS) {
    if (head.isSoftDeleted) return DELETED;
    if (head.currentRevision < 0 && !head.hasMetadata) return WRONG;
  }
  if (expected === ANY || expected === STREAM_EXISTS) return decideByRecentIds(head, ids);
  if (expected < head.currentRevision) return decideByFollowingIds(head, expected, ids);
  return expected > head.currentRevision ? WRONG : APPEND;
}

/** All ids known: a repetition. The first unknown: new. Anything else is a batch of which only a part was written. */
function decideByRecentIds(head: StreamHead, ids: readonly string[]): Decision {
  let lastRevision = -1;
  for (const [index, id] of ids.entries()) {
    const revision = head.recentRevisionOf(id);
    if (revision === undefined) return index === 0 ? APPEND : WRONG;
    lastRevision = revision;
  }
  return ids.length === 0 ? APPEND : { kind: 'idempotent', lastRevision };
}

function decideByFollowingIds(head: StreamHead, expected: number, ids: readonly string[]): Decision {
  let revision = expected;
  for (const [index, id] of ids.entries()) {
    revision += 1;
    if (head.idAt(revision) === id) continue;
    return index === 0 && expected === NO_STREAM && head.isSoftDeleted ? APPEND : WRONG;
  }
  return ids.length === 0 ? WRONG : { kind: 'idempotent', lastRevision: revision };
}
