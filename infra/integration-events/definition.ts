import type { DomainEvent, JsonObject } from '../../domain/shared/index.js';
import type { Shape } from '../../domain/shared/schema.js';

/** How a domain event is told to the outside. */
export interface EventDefinition {
  /** Stored type of the domain event, as it comes out of the log. */
  readonly from: string;
  /** `order.confirmed` */
  readonly name: string;
  /** Goes up when the outward shape loses or changes a member; a new member alone keeps it. */
  readonly version: number;
  readonly description: string;
  /** Of `data`. */
  readonly schema: Shape;
  readonly pick: (data: JsonObject) => object;
}

/** What tells an event's data: a schema, or one with a mapping before it. */
interface Outward<Data> extends Shape {
  readonly pick: (data: Data) => object;
}

interface Told<Data> {
  readonly version?: number;
  readonly description: string;
  readonly data: Outward<Data>;
}

/** Definitions for the events of one context; `data` has to accept what the event holds. */
export const outwardOf =
  <Event extends DomainEvent>() =>
  <Type extends Event['type']>(
    from: Type,
    { version = 1, description, data }: Told<Extract<Event, { type: Type }>['data']>,
  ): EventDefinition => ({
    from,
    name: from.replace(/\.v\d+$/, ''),
    version,
    description,
    schema: data,
    // The log holds events of this type only in this shape: older ones are upcast before.
    pick: (stored) => data.pick(stored as Extract<Event, { type: Type }>['data']),
  });
