import { given } from '../shared/test-support/index.js';
import { cartDecider } from './index.js';
import type { ProductFacts } from './index.js';
import { checkOut, opened, product, productsBySku, usd } from './test-support/cart-examples.js';

const blue = { code: 'colour', name: 'Colour', value: { code: 'blue', name: 'Blue' } };
const mug: ProductFacts = {
  ...product('MUG-BLUE', 500),
  options: [blue],
  prices: [{ amount: 450, currency: 'EUR' }, usd(500)],
};
const open = given(cartDecider).events(opened);
const [added] = open.when({ type: 'add-item', product: mug, quantity: 2 }).accepted();

describe('a variant in a cart', () => {
  it('says by what it differs from others, and costs what it does in the currency of the cart', () => {
    expect(added?.data).toMatchObject({ sku: 'MUG-BLUE', options: [blue], unitPrice: usd(500) });
    expect(added?.data).not.toHaveProperty('prices');
  });

  it('is sold with the options of the day, and costs the same after another currency got another price', () => {
    if (added === undefined) throw new Error('it was not added');
    const navy = { ...blue, value: { code: 'blue', name: 'Navy' } };
    const renamed = { ...mug, options: [navy], prices: [{ amount: 1, currency: 'EUR' }, usd(500)] };
    const [sold] = open
      .events(added)
      .when(checkOut({ products: productsBySku(renamed) }))
      .accepted();
    expect(sold?.data).toMatchObject({ lines: [{ sku: 'MUG-BLUE', options: [navy], unitPrice: usd(500) }] });
  });
});
