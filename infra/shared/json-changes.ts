import type { Json, JsonObject } from '../../domain/shared/json.js';
import { pointerName } from './json-pointer.js';

/** A place at which two documents differ. */
export interface JsonChange {
  /** JSON Pointer; empty is the whole document. */
  readonly path: string;
  /** Absent where there was nothing. */
  readonly before?: Json;
  /** Absent where there is nothing any more. */
  readonly after?: Json;
}

/**
 * Compares two documents, members in the order of their names, elements of lists by their places. What is there in one of them
 * alone is one change. The order of members does not count.
 */
export function* jsonChanges(before: JsonObject | null, after: JsonObject | null): Generator<JsonChange> {
  yield* changesAt('', before ?? undefined, after ?? undefined);
}

function* changesAt(path: string, before?: Json, after?: Json): Generator<JsonChange> {
  if (before === after) return;
  const [left, right] = [membersOf(before), membersOf(after)];
  if (left === null || right === null || Array.isArray(before) !== Array.isArray(after)) {
    yield { path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
    return;
  }
  for (const name of namesOf(left, right))
    yield* changesAt(`${path}/${pointerName(name)}`, memberOf(left, name), memberOf(right, name));
}

type Members = Readonly<Record<string, Json | undefined>>;

const membersOf = (value: Json | undefined): Members | null =>
  typeof value === 'object' && value !== null ? (value as Members) : null;

/** Never what an object inherits: a member may be named `constructor`. */
const memberOf = (members: Members, name: string): Json | undefined =>
  Object.hasOwn(members, name) ? members[name] : undefined;

function namesOf(one: Members, other: Members): string[] {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  // Places in a list are in their order already.
  return Array.isArray(one) ? names : names.sort();
}
