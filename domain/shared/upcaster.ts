import type { JsonObject } from './json.js';

/**
 * Turns one stored version of an event into the next one. Pure; kept for as long as there may be such events. A context
 * lists its own in `upcasters.ts`, as soon as it has one.
 */
export interface Upcaster {
  /** Stored type, such as `cart.opened.v1`. */
  readonly from: string;
  /** The type that it becomes; it may have an upcaster of its own. */
  readonly to: string;
  /** Gets opened personal data, or null where it was forgotten. Must not change what it is given. */
  readonly upcast: (data: JsonObject) => JsonObject;
}
