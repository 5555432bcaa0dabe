import { orderAggregate, type OrderOpened } from '../../domain/order/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';
import { paymentIdOf } from '../ids.js';
import type { CheckedOut, CheckoutReader } from './checkout-reader.js';
import type { OrderOpeningCommand } from './commands.js';
import { execute, toDispatched, type Effect } from './effect.js';

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
