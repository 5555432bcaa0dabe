import { LRUCache } from 'lru-cache';
import type { CartCheckedOut, CartEvent } from '../../domain/cart/index.js';
import { inventoryAggregate, type InventoryCommand, type ReserveStock } from '../../domain/inventory/index.js';
import { orderAggregate, wasConfirmed, type OrderOpened } from '../../domain/order/index.js';
import { streamOf, type Aggregate, type DomainEvent, type Refusal } from '../../domain/shared/index.js';
import type {
  CommandContext,
  CommandExecutor,
  Execution,
  ExpectedEvent,
  Outcome,
  UnitOfWork,
} from '../../infra/engine/commands/index.js';
import { partId, type CommandReply, type Dispatched } from '../../infra/engine/sagas/index.js';
import { asEvent, type EventStore } from '../../infra/event-store/index.js';
import { deriveId } from '../../infra/shared/derive-id.js';
import type { CheckoutSource, OrderOpeningCommand } from './commands.js';

// The targets that are aggregates of the shop itself. Most take a command as it is; to open an order its checkout is read first, and
// a reservation that is refused may be decided again.

/** Handles the commands of one target. It may throw: the runner then sends the command again under the same id. */
export type Effect<Command> = (id: string, command: Command, context: CommandContext) => Promise<Dispatched>;

const ACCEPTED: CommandReply = { outcome: 'accepted' };

export const accepted = (lastEventId: string | null): Dispatched => ({ reply: ACCEPTED, lastEventId });

export const refused = (refusal: Refusal, lastEventId: string | null = null): Dispatched => ({
  reply: { outcome: 'refused', refusal },
  lastEventId,
});

/** Makes the context of a command that an effect sends as a part of its own. */
export const childContext = (context: CommandContext, part: string, causationId: string | null): CommandContext => ({
  ...context,
  commandId: partId(context.commandId, part),
  causationId,
});

type Answered<Answer> = Extract<Outcome<Answer>, { readonly kind: 'accepted' | 'refused' }>;

/** Executes a command. @throws Error it has an outcome that no saga's command can have */
export async function execute<State, Command, Event extends DomainEvent, Answer>(
  executor: CommandExecutor,
  execution: Execution<State, Command, Event, Answer>,
): Promise<Answered<Answer>> {
  const outcome = await executor.execute(execution);
  if (outcome.kind === 'accepted' || outcome.kind === 'refused') return outcome;
  throw new Error(`saga command ${execution.context.commandId} came to ${outcome.kind}`);
}

/** The id of the last event that the command recorded. */
export const lastEventOf = (outcome: Answered<unknown>): string | null =>
  outcome.kind === 'accepted' ? (outcome.events[outcome.events.length - 1]?.id ?? null) : null;

export const toDispatched = (outcome: Answered<unknown>): Dispatched =>
  outcome.kind === 'accepted' ? accepted(lastEventOf(outcome)) : refused(outcome.refusal);

const nothing = (): null => null;

/** Handles the commands of an aggregate. */
export function aggregateTarget<State, Command, Event extends DomainEvent>(
  executor: CommandExecutor,
  aggregate: Aggregate<State, Command, Event>,
): Effect<Command> {
  return async (id, command, context) =>
    toDispatched(await execute(executor, { aggregate, id, command, context, answer: nothing }));
}

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

/**
 * Derives a payment's id from its order's, so that every process knows it without a query: one for each part that the order is paid
 * by, and for each try at a part.
 */
export const paymentIdOf = (orderId: string, tender = 1, attempt = 1): string =>
  deriveId(orderId, `payment:${tender}:${attempt}`);

function orderOf({
  personal,
  client: _client,
  paymentProvider: _provider,
  failedPromotions: _failed,
  ...placed
}: CheckedOut): OrderOpened['data'] {
  const paymentId = paymentIdOf(placed.orderId);
  if (personal === null) return { ...placed, paymentId, personal };
  const { paymentToken: _secret, ...buyer } = personal;
  return { ...placed, paymentId, personal: buyer };
}

/**
 * Handles the stock commands of sagas. A SKU's stream has no event of a confirmed order: where a client seems to hold too much that
 * it has not paid for, its orders are queried, and the reservation is decided again without the confirmed ones.
 */
export function stockReservation(executor: CommandExecutor): Effect<InventoryCommand> {
  const decide = (sku: string, command: InventoryCommand, context: CommandContext) =>
    execute(executor, { aggregate: inventoryAggregate, id: sku, command, context, answer: nothing });

  return async (sku, command, context) => {
    const outcome = await decide(sku, command, context);
    if (command.type !== 'reserve-stock' || outcome.kind === 'accepted') return toDispatched(outcome);
    const settled = await settledOrders(executor, command);
    return settled.length === 0
      ? toDispatched(outcome)
      : toDispatched(await decide(sku, { ...command, settled }, context));
  };
}

/** Finds the confirmed orders among those whose holds are counted as the client's. */
async function settledOrders(executor: CommandExecutor, command: ReserveStock): Promise<readonly string[]> {
  const { sku, client, quantity } = command;
  if (client === undefined) return [];
  const orders = await executor.query(inventoryAggregate, sku, ({ onHand, reserved, unsettled }) =>
    onHand - reserved < quantity ? [] : [...(unsettled.get(client)?.keys() ?? [])],
  );
  const settled: string[] = [];
  for (const orderId of orders) if (await executor.query(orderAggregate, orderId, wasConfirmed)) settled.push(orderId);
  return settled;
}
