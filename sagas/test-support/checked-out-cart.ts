import { randomUUID } from 'node:crypto';
import { cartAggregate, type CartCheckedOut, type ProductFacts } from '../../domain/cart/index.js';
import { orderAggregate } from '../../domain/order/index.js';
import { defaultPricingPolicy } from '../../domain/pricing/index.js';
import { streamOf } from '../../domain/shared/index.js';
import { paymentIdOf } from '../effects/aggregate-targets.js';
import type { DecidingLog } from './deciding-log.js';

const tea: ProductFacts = {
  sku: 'TEA',
  name: 'Tea',
  categories: ['GROCERY'],
  taxClass: 'standard',
  prices: [{ amount: 500, currency: 'USD' }],
};
const address = { name: 'Ada', line1: 'Main St 1', city: 'Springfield', postalCode: '12345', country: 'US' };

/** A cart with two units of tea that is checked out, by the revision at which that is recorded. */
export async function checkedOutCart(log: DecidingLog) {
  const [cartId, orderId] = [randomUUID(), randomUUID()];
  await log.act(cartAggregate, cartId, { type: 'open-cart', cartId, currency: 'USD', reference: 'basket 7' });
  await log.act(cartAggregate, cartId, { type: 'add-item', product: tea, quantity: 2 });
  await log.act(cartAggregate, cartId, {
    type: 'check-out',
    orderId,
    orderNumber: orderId.slice(0, 8),
    personId: 'person-1',
    personal: { email: 'ada@example.org', shippingAddress: address, paymentToken: 'tok_ok' },
    paymentProvider: 'sandbox',
    destination: address,
    products: new Map([[tea.sku, tea]]),
    pricing: defaultPricingPolicy,
    promotions: { inForce: new Map(), isFirstOrder: false },
    acceptPrices: false,
    client: 'a client',
  });
  const recorded = (await log.events(streamOf('cart', cartId))).at(-1);
  return { source: { cartId, revision: 2 }, checkout: recorded?.data as never as CartCheckedOut['data'] };
}

/** The order of a checked-out cart, for whoever it was checked out. */
export async function openOrder(log: DecidingLog): Promise<string> {
  const { checkout } = await checkedOutCart(log);
  const { client: _, paymentProvider: _provider, ...placed } = checkout;
  const { orderId } = placed;
  const order = { ...placed, paymentId: paymentIdOf(orderId), personal: null };
  await log.act(orderAggregate, orderId, { type: 'open-order', order });
  return orderId;
}
