import type { CartCheckedOut } from '../../domain/cart/index.js';
import { streamOf } from '../../domain/shared/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import type { CheckoutSource } from './commands.js';

export type CheckedOut = CartCheckedOut['data'];

/** Checkouts under way need theirs twice within a moment: to open the order and to ask for the money. */
const KEPT = 1_000;

/** Reads recorded checkouts, with what is personal in them opened. */
export class CheckoutReader {
  private readonly recent = new Map<string, CheckedOut>();

  constructor(private readonly eventStore: EventStore) {}

  async read({ cartId, revision }: CheckoutSource): Promise<CheckedOut> {
    const stream = streamOf('cart', cartId);
    const key = `${stream}@${revision}`;
    const known = this.recent.get(key);
    if (known !== undefined) return known;
    for await (const event of this.eventStore.read(stream, { from: revision, limit: 1 })) {
      if (event.type !== 'cart.checked-out.v1') break;
      // The event's type says what its data is.
      const data = event.data as object as CheckedOut;
      this.keep(key, data);
      return data;
    }
    throw new Error(`there is no checkout at revision ${revision} of ${stream}`);
  }

  /** A person may be forgotten at any time, so nothing personal is kept for longer than it is needed. */
  forget({ cartId, revision }: CheckoutSource): void {
    this.recent.delete(`${streamOf('cart', cartId)}@${revision}`);
  }

  private keep(key: string, data: CheckedOut): void {
    this.recent.set(key, data);
    if (this.recent.size <= KEPT) return;
    for (const oldest of this.recent.keys()) {
      this.recent.delete(oldest);
      return;
    }
  }
}
