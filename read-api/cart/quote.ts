import { PricedShipping, PromotionDiscount, someMoney, Totals } from '../../domain/shared/index.js';
import { described, listOf, named, object, text } from '../../domain/shared/schema.js';
import type { Of } from '../../domain/shared/schema.js';

const ShippingMethod = named(
  'ShippingMethod',
  object(
    {
      id: text('For `shippingMethod` of the checkout.', 'standard'),
      name: text('For people.', 'Standard'),
      price: someMoney('What it costs for this cart.', 0),
    },
    'A way to a destination.',
  ),
);

export const Quote = named(
  'Quote',
  object(
    {
      totals: described(Totals, 'Of the order that a checkout would make.'),
      discounts: listOf(PromotionDiscount, 'What promotions take off, by promotion and level.'),
      shippingCost: described(PricedShipping, 'By the method asked for, else the first on offer.'),
      shippingMethods: listOf(ShippingMethod, 'On offer there.'),
    },
    'What a cart would cost at a destination.',
  ),
);
export type Quote = Of<typeof Quote>;
