import type { Json, JsonObject } from '../../../domain/shared/json.js';

/** Where two documents first differ, members in the order of their names. */
export interface JsonDifference {
  /** JSON Pointer; empty is the whole document. */
  readonly path: string;
  /** JSON text; absent where there is nothing. */
  readonly one?: string;
  readonly other?: string;
}

/** Null when their canonical JSON is the same: the order of members does not count. */
export function jsonDifference(one: JsonObject | null, other: JsonObject | null): JsonDifference | null {
  return differenceAt('', one ?? undefined, other ?? undefined);
}

function differenceAt(path: string, one?: Json, other?: Json): JsonDifference | null {
  if (one === other) return null;
  const [left, right] = [membersOf(one), membersOf(other)];
  if (left === null || right === null || Array.isArray(one) !== Array.isArray(other)) {
    return {
      path,
      ...(one !== undefined && { one: JSON.stringify(one) }),
      ...(other !== undefined && { other: JSON.stringify(other) }),
    };
  }
  for (const name of namesOf(left, right)) {
    const found = differenceAt(`${path}/${escaped(name)}`, memberOf(left, name), memberOf(right, name));
    if (found !== null) return found;
  }
  return null;
}

type Members = Readonly<Record<string, Json | undefined>>;

const membersOf = (value: Json | undefined): Members | null =>
  typeof value === 'object' && value !== null ? (value as Members) : null;

/** Never what an object inherits: a member may be named `constructor`. */
const memberOf = (members: Members, name: string): Json | undefined =>
  Object.hasOwn(members, name) ? members[name] : undefined;

/** Of a JSON Pointer. */
const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

const namesOf = (one: Members, other: Members): string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
