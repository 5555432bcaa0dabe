import { inventoryAggregate, type InventoryCommand, type ReserveStock } from '../../domain/inventory/index.js';
import { orderAggregate, wasConfirmed } from '../../domain/order/index.js';
import type { Aggregate, DomainEvent, Refusal } from '../../domain/shared/index.js';
import type { CommandContext, CommandExecutor, Execution, Outcome } from '../../infra/engine/commands/index.js';
import type { CommandReply, Dispatched } from '../../infra/engine/sagas/index.js';
import { deriveId } from '../../infra/shared/derive-id.js';

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
  commandId: deriveId(context.commandId, part),
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
