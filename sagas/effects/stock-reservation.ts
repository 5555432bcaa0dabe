import { inventoryAggregate, type InventoryCommand, type ReserveStock } from '../../domain/inventory/index.js';
import { orderAggregate, wasConfirmed } from '../../domain/order/index.js';
import type { CommandContext, CommandExecutor } from '../../infra/engine/commands/index.js';
import { execute, toDispatched, type Effect } from './effect.js';

const nothing = (): null => null;

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
