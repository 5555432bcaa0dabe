import type { DomainEvent } from '../shared/decider.js';

// These types are the storage format of streams `person-{personId}`: never edit one, add a version and an upcaster.

/**
 * The person asked to be forgotten: their personal data is shown to nobody any more, and their key is destroyed. The event
 * names ids alone, those of the documents that read models may have of the person; an id is named once in the stream.
 */
export type PersonForgotten = DomainEvent<
  'person.forgotten.v1',
  {
    readonly personId: string;
    readonly carts: readonly string[];
    readonly orders: readonly string[];
    readonly payments: readonly string[];
  }
>;

export type PersonEvent = PersonForgotten;
