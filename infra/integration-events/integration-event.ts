import type { Position } from '../shared/position.js';
import type { RecordedEvent } from '../event-store/index.js';
import { cartEvents } from './cart.js';
import { catalogEvents } from './catalog.js';
import type { EventDefinition } from './definition.js';
import { giftCardEvents } from './gift-card.js';
import { inventoryEvents } from './inventory.js';
import { orderEvents } from './order.js';
import { paymentEvents } from './payment.js';
import { shippingEvents } from './shipping.js';

/** What the outside gets, as JSON; docs/integration-events has a JSON Schema of each. Nothing in it is personal. */
export interface IntegrationEvent {
  /** Of the event in the log: what came before under this id has been seen. */
  readonly id: string;
  /** Also the subject: `cartwright.order.confirmed`. */
  readonly type: string;
  /** Of the shape of `data`. */
  readonly version: number;
  /** RFC 3339 UTC. */
  readonly at: string;
  readonly stream: string;
  /** 0 for the first event of the stream; some revisions are not told. */
  readonly revision: number;
  /** Text whose order is the order of the log. */
  readonly position: Position;
  readonly correlationId: string;
  /** The event that caused it; null where a request did. */
  readonly causationId: string | null;
  readonly data: object;
}

export const SUBJECT_ROOT = 'cartwright';

/** Every event that is told to the outside. */
export const definitions: readonly EventDefinition[] = [
  ...catalogEvents,
  ...cartEvents,
  ...orderEvents,
  ...paymentEvents,
  ...giftCardEvents,
  ...inventoryEvents,
  ...shippingEvents,
];

const byType = new Map(definitions.map((definition) => [definition.from, definition]));

export const subjectOf = ({ name }: EventDefinition): string => `${SUBJECT_ROOT}.${name}`;

/** How an event is told; undefined where it is nobody else's business. Wants an upcast event; what is sealed may stay so. */
export function integrationEventOf(event: RecordedEvent): IntegrationEvent | undefined {
  const definition = byType.get(event.type);
  if (definition === undefined) return undefined;
  const { id, at, stream, revision, position, metadata } = event;
  return {
    id,
    type: subjectOf(definition),
    version: definition.version,
    at,
    stream,
    revision,
    position,
    correlationId: metadata.correlationId,
    causationId: metadata.causationId,
    data: definition.pick(event.data),
  };
}
