import type { JsonObject } from '../../../domain/shared/index.js';
import type { RecordedEvent } from '../../event-store/index.js';
import type { Fold } from './read-model.js';

/**
 * The documents that an event changes. What a stored event's data are, its type says and nobody has checked.
 * @throws TypeError it does not say which
 */
export function keysOf(fold: Fold<JsonObject, JsonObject>, event: RecordedEvent): string | readonly string[] {
  const keys: unknown = fold.key(event);
  if (typeof keys === 'string' || (Array.isArray(keys) && keys.every((key) => typeof key === 'string'))) return keys;
  throw new TypeError('the event does not say which documents it changes');
}
