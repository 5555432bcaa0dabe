import type { Upcaster } from '../../../domain/shared/upcaster.js';
import { EventStoreDecorator } from '../event-store-decorator.js';
import type { EventFilter, EventStore, RecordedEvent } from '../event-store.js';
import { chainUpcasters } from './upcast-chain.js';
import type { Upcast } from './upcast-chain.js';

/**
 * Shows every reader the newest version of each event; the log keeps what it has. A filter for a type also finds what its
 * older versions became. Goes around sealing, so that upcasters see opened personal data. Without upcasters it is the
 * inner store itself.
 */
export const upcastEventStore = (inner: EventStore, upcasters: readonly Upcaster[]): EventStore =>
  upcasters.length === 0 ? inner : new UpcastEventStore(inner, chainUpcasters(upcasters));

class UpcastEventStore extends EventStoreDecorator {
  /** A type with all older types that become it. */
  readonly #stored = new Map<string, string[]>();

  constructor(
    inner: EventStore,
    private readonly chains: ReadonlyMap<string, Upcast>,
  ) {
    super(inner);
    for (const [from, { type }] of chains) this.#stored.set(type, [...(this.#stored.get(type) ?? [type]), from]);
  }

  protected override changes(type: string): boolean {
    return this.chains.has(type);
  }

  protected override onRead(event: RecordedEvent): RecordedEvent {
    const chain = this.chains.get(event.type);
    return chain === undefined ? event : { ...event, type: chain.type, data: chain.upcast(event.data) };
  }

  protected override innerFilter(filter: EventFilter): EventFilter {
    return filter.types === undefined
      ? filter
      : { ...filter, types: filter.types.flatMap((type) => this.#stored.get(type) ?? [type]) };
  }
}
