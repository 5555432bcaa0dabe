import { LRUCache } from 'lru-cache';
import type { CartCheckedOut, CartEvent } from '../../domain/cart/index.js';
import { orderAggregate, type OrderOpened } from '../../domain/order/index.js';
import { streamOf } from '../../domain/shared/index.js';
import type { CommandExecutor, ExpectedEvent, UnitOfWork } from '../../infra/engine/commands/index.js';
import { asEvent, type EventStore } from '../../infra/event-store/index.js';
import { execute, toDispatched, type Effect } from './aggregate-targets.js';
import type { CheckoutSource, OrderOpeningCommand } from './commands.js';
import { paymentIdOf } from './payment-gateway.js';

export type CheckedOut = CartCheckedOut['data'];

/** Checkouts under way need theirs twice within a moment: to open the order and to request the payment. */
const KEPT = 1_000;

/** Reads recorded checkouts, with what is personal in them opened. */
export class CheckoutReader {
  private readonly recent = new LRUCache<string, CheckedOut>({ max: KEPT });

  constructor(private readonly eventStore: EventStore) {}

  /** Reads a checkout of the log, or one that is recorded with the unit of work. */
  async read({ cartId, revision }: CheckoutSource, unit?: UnitOfWork): Promise<CheckedOut> {
    const stream = streamOf('cart', cartId);
    const expected = checkoutIn(unit?.find(stream, revision));
    if (expected !== undefined) return expected;
    const key = `${stream}@${revision}`;
    const known = this.recent.get(key);
    if (known !== undefined) return known;
    for await (const event of this.eventStore.read(stream, { from: revision, limit: 1 })) {
      const recorded = checkoutIn(event);
      if (recorded === undefined) break;
      this.recent.set(key, recorded);
      return recorded;
    }
    throw new Error(`there is no checkout at revision ${revision} of ${stream}`);
  }

  /** A person may be forgotten at any time, so nothing personal is kept for longer than it is needed. */
  forget({ cartId, revision }: CheckoutSource): void {
    this.recent.delete(`${streamOf('cart', cartId)}@${revision}`);
  }
}

function checkoutIn(recorded: ExpectedEvent | undefined): CheckedOut | undefined {
  if (recorded === undefined) return undefined;
  const event = asEvent<CartEvent>(recorded);
  return event.type === 'cart.checked-out.v1' ? event.data : undefined;
}

const nothing = (): null => null;

/** Opens the order with all that the recorded checkout has, what is personal included. */
export function orderOpening(executor: CommandExecutor, checkouts: CheckoutReader): Effect<OrderOpeningCommand> {
  return async (id, { source }, context) => {
    const order = orderOf(await checkouts.read(source, context.unit));
    const outcome = await execute(executor, {
      aggregate: orderAggregate,
      id,
      creates: true,
      command: { type: 'open-order', order },
      context,
      answer: nothing,
    });
    return toDispatched(outcome);
  };
}

function orderOf({
  personal,
  client: _client,
  paymentProvider: _provider,
  ...placed
}: CheckedOut): OrderOpened['data'] {
  const paymentId = paymentIdOf(placed.orderId);
  if (personal === null) return { ...placed, paymentId, personal };
  const { paymentToken: _secret, ...buyer } = personal;
  return { ...placed, paymentId, personal: buyer };
}
