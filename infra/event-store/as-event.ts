import type { DomainEvent } from '../../domain/shared/index.js';

/**
 * Reads a recorded event as one of the domain's union `Event`, so that its type tells what its data is. The log keeps types by name,
 * and each has one shape, which its golden file holds: this is where stored JSON becomes the data of that type.
 */
export const asEvent = <Event extends DomainEvent>(recorded: { readonly type: string; readonly data: object }): Event =>
  recorded as Event;
