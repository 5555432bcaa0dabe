import type { JsonObject } from '../../domain/shared/index.js';
import { categoryOf } from '../../infra/event-store/category.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import { withoutPersons, withoutSecrets } from '../shared/index.js';
import { CartPseudonyms } from './cart-pseudonyms.js';

/** The log as somebody may see it. */
export interface EventView {
  readonly log: EventStore;
  /** The stream that its name in this view means. */
  streamNamed(name: string): string;
  /** An event as a line of NDJSON. */
  lineOf(event: RecordedEvent): string;
}

/** For admin: all but what opens a means of payment. */
export const clearView = (log: EventStore): EventView => ({
  log,
  streamNamed: (name) => name,
  lineOf: (event) => lineOf(event, withoutSecrets(event)),
});

/** For analysts: of a person nothing but that it is the same one, of a cart a pseudonym. What is personal is not even opened. */
export function pseudonymousView(sealed: EventStore, serverSecret: Uint8Array): EventView {
  const carts = new CartPseudonyms(serverSecret);
  return {
    log: sealed,
    streamNamed: (name) => carts.streamNamed(name),
    lineOf: (event) => carts.hide(lineOf(event, withoutPersons(event))),
  };
}

function lineOf({ id, position, stream, revision, type, at, metadata }: RecordedEvent, data: JsonObject): string {
  const { actor, commandId, correlationId, causationId } = metadata;
  const category = categoryOf(stream);
  const what = { id, position, stream, category, revision, type, at };
  return `${JSON.stringify({ ...what, actor, commandId, correlationId, causationId, data })}\n`;
}
