import type { CartEvent } from '../../domain/cart/index.js';
import { cartDecider } from '../../domain/cart/index.js';
import { defaultPricingPolicy } from '../../domain/pricing/index.js';
import { decideAll, EventLog, shown } from '../shared/test-support/index.js';
import { cartLiveModel } from './cart.live-model.js';

const address = { name: 'Ann', line1: '1 High St', city: 'Town', postalCode: '1', country: 'US' };
const tea = {
  sku: 'tea',
  name: 'Tea',
  categories: [],
  taxClass: 'standard',
  prices: [{ amount: 110, currency: 'USD' }],
};

const promotions = { inForce: new Map(), isFirstOrder: false };

function cartOf(events: readonly CartEvent[]) {
  const log = new EventLog<CartEvent>();
  for (const event of events) log.append('cart-c-1', event).append('cart-c-2', event);
  return shown(cartLiveModel, 'c-1', log.events)?.priced({ promotions, rounding: 'half-even' });
}

describe('a cart as it is read', () => {
  it('is as it was sold, at the revision of its last event, without its buyer', () => {
    const { events } = decideAll(cartDecider, [
      { type: 'open-cart', cartId: 'c-1', currency: 'USD' },
      { type: 'add-item', product: tea, quantity: 2 },
      {
        type: 'check-out',
        orderId: 'o-1',
        orderNumber: 'ABCD-EFGH-JK',
        paymentProvider: 'sandbox',
        personId: 'x',
        personal: { email: 'ann@example.com', shippingAddress: address, paymentToken: 'tok_ok' },
        destination: address,
        products: new Map([['tea', tea]]),
        pricing: defaultPricingPolicy,
        promotions,
        acceptPrices: false,
      },
    ]);
    const cart = cartOf(events);
    expect(cart).toMatchObject({ status: 'checked-out', totals: { total: { amount: 220 } }, version: 2 });
    expect(JSON.stringify(cart)).not.toContain('ann@example.com');
  });

  it('is none without events, and cannot be shown where the first is not that it was opened', () => {
    expect(cartOf([])).toBeUndefined();
    expect(() => cartOf([{ type: 'cart.abandoned.v1', data: { cartId: 'c-1' } }])).toThrow(RangeError);
  });
});
