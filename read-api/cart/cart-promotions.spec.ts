import type { PromotionTerms } from '../../domain/pricing/index.js';
import { cartOpened, itemAdded, ReadApi, usd } from '../shared/test-support/index.js';

const spring: PromotionTerms = {
  promotionId: 'spring',
  name: 'Spring sale',
  priority: 0,
  combines: 'all',
  trigger: 'automatic',
  when: [],
  then: [{ type: 'percent-off', percent: '10', of: 'order' }],
};
const entered = (terms: PromotionTerms, edition = 1) => ({
  type: 'promotion-register.entered.v1',
  data: { promotionId: terms.promotionId, edition, terms },
});
const left = (edition: number) => ({
  type: 'promotion-register.left.v1',
  data: { promotionId: 'spring', edition },
});
const REGISTER = 'promotionregister-shop';

let api: ReadApi;
beforeEach(async () => {
  api = await ReadApi.start();
  api
    .record('cart-full', cartOpened('full'))
    .record('cart-full', itemAdded('full', 'tea', { quantity: 2, amount: 500 }));
});
afterEach(() => api.close());

const discountOf = async (path: string) => ((await api.get(path)).json['totals'] as { discount: object }).discount;

describe('a cart', () => {
  it('shows what the promotions in force take off, from the moment on that they are', async () => {
    expect(await discountOf('/v1/carts/full')).toEqual(usd(0));
    api.record(REGISTER, entered(spring));
    expect((await api.get('/v1/carts/full')).json).toMatchObject({
      discounts: [{ promotionId: 'spring', level: 'order', amount: usd(100) }],
      items: [{ discount: usd(100), gross: usd(900) }],
      totals: { discount: usd(100), total: usd(900) },
    });
    api.record(REGISTER, left(2));
    expect(await discountOf('/v1/carts/full')).toEqual(usd(0));
  });

  it('has the promotions of then at a moment of the past, by time and by revision', async () => {
    api.record(REGISTER, entered(spring));
    api.record('cart-full', itemAdded('full', 'mug', { quantity: 1, amount: 1000 }));
    api.record(REGISTER, left(2));
    api.record('cart-full', itemAdded('full', 'pot', { quantity: 1, amount: 1000 }));
    const discounts = [0, 1, 2, 3].map((revision) => discountOf(`/v1/carts/full?asOf=${revision}`));
    // The last moment of a revision counts: tea was alone when the promotion entered, and the mug was in when it left.
    expect(await Promise.all(discounts)).toEqual([usd(0), usd(100), usd(0), usd(0)]);
    const { json } = await api.get('/v1/carts/full?asOf=2100-01-01T00:00:00Z');
    expect(json['discounts']).toEqual([]);
  });

  it('is 304 for its revision only where no promotion has changed since', async () => {
    const status = async () => (await api.get('/v1/carts/full', { 'if-none-match': '"1"' })).status;
    expect(await status()).toBe(304);
    api.record(REGISTER, entered(spring));
    expect(await status()).toBe(200);
    api.record('cart-full', itemAdded('full', 'mug', { quantity: 1, amount: 1000 }));
    expect((await api.get('/v1/carts/full', { 'if-none-match': '"2"' })).status).toBe(304);
  });

  it('is priced the same for all who look at once', async () => {
    api.record(REGISTER, entered(spring));
    const looks = Array.from({ length: 20 }, () => discountOf('/v1/carts/full'));
    expect(new Set((await Promise.all(looks)).map((each) => JSON.stringify(each)))).toEqual(
      new Set([JSON.stringify(usd(100))]),
    );
  });
});

describe('a cart of an account', () => {
  const welcome: PromotionTerms = { ...spring, when: [{ type: 'first-order' }] };
  const firstOrder = {
    type: 'customer.first-order-confirmed.v1',
    data: { customerId: 'ann', orderId: 'o-1' },
  };
  const opened = cartOpened('anns');
  beforeEach(() => {
    api
      .record('cart-anns', { ...opened, data: { ...opened.data, customerId: 'ann' } })
      .record('cart-anns', itemAdded('anns', 'tea', { quantity: 2, amount: 500 }));
  });

  it('has what is for a first order until one is confirmed, and a guest’s has it never', async () => {
    api.record(REGISTER, entered(welcome));
    const paths = ['/v1/carts/anns', '/v1/carts/anns/quote?country=US', '/v1/carts/full'];
    expect(await Promise.all(paths.map(discountOf))).toEqual([usd(100), usd(100), usd(0)]);
    api.record('customer-ann', firstOrder);
    expect(await Promise.all(paths.map(discountOf))).toEqual([usd(0), usd(0), usd(0)]);
  });

  it('has had it at moments before that', async () => {
    api.record(REGISTER, entered(welcome));
    api.record('cart-anns', itemAdded('anns', 'mug', { quantity: 1, amount: 1000 }));
    api.record('customer-ann', firstOrder);
    const discounts = [1, 2].map((revision) => discountOf(`/v1/carts/anns?asOf=${revision}`));
    expect(await Promise.all(discounts)).toEqual([usd(100), usd(0)]);
  });

  it('is 304 for its revision until the customer has bought, where that makes a difference', async () => {
    const status = async () => (await api.get('/v1/carts/anns', { 'if-none-match': '"1"' })).status;
    api.record('customer-ann', firstOrder);
    expect(await status()).toBe(304);
    api.record(REGISTER, entered(welcome));
    api.record('cart-anns', itemAdded('anns', 'mug', { quantity: 1, amount: 1000 }));
    expect((await api.get('/v1/carts/anns', { 'if-none-match': '"2"' })).status).toBe(304);
    api.record('customer-bob', firstOrder).record('customer-ann', firstOrder);
    expect((await api.get('/v1/carts/anns', { 'if-none-match': '"2"' })).status).toBe(200);
  });
});

describe('a quote', () => {
  it('takes off what a checkout would, shipping too', async () => {
    const free: PromotionTerms = {
      ...spring,
      promotionId: 'free',
      name: 'Free',
      then: [{ type: 'percent-off', percent: '50', of: 'shipping' }],
    };
    api.record(REGISTER, entered(spring)).record(REGISTER, entered({ ...free, countries: ['DE'] }));
    const { json } = await api.get('/v1/carts/full/quote?country=DE&postalCode=10115');
    expect(json['discounts']).toMatchObject([{ promotionId: 'spring', amount: usd(100) }]);
    expect(await discountOf('/v1/carts/full/quote?country=DE&postalCode=10115')).toEqual(usd(100));
  });
});
