import type { JsonObject } from '../../../domain/shared/json.js';
import { jsonChanges } from '../../shared/json-changes.js';

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
  for (const { path, before, after } of jsonChanges(one, other)) {
    return {
      path,
      ...(before !== undefined && { one: JSON.stringify(before) }),
      ...(after !== undefined && { other: JSON.stringify(after) }),
    };
  }
  return null;
}
