import { someMoney } from '../../domain/shared/index.js';
import { count, listOf, named, object, text } from '../../domain/shared/schema.js';
import { exactMoney } from '../shared/index.js';

const SimulatedOrder = named(
  'SimulatedOrder',
  object(
    {
      orderId: text('Id of the order.', '0Q7B2M4N6P8R'),
      before: someMoney('Lines and shipping without any discount, and without tax on top.', 4598),
      after: someMoney('The same after this promotion alone.', 4138),
    },
    'An order that the promotion would have taken something off.',
  ),
);

/** What a promotion would have come to. */
export const PromotionSimulation = named(
  'PromotionSimulation',
  object(
    {
      orders: count('Confirmed orders that were placed in that time.', 1200),
      discounted: count('Those of them that it would have taken something off.', 310),
      cost: listOf(exactMoney('SimulatedCost'), 'What it would have taken off them, by currency.'),
      examples: listOf(SimulatedOrder, 'The first of those orders, at most ten.'),
    },
    'What a promotion would have come to.',
  ),
);
