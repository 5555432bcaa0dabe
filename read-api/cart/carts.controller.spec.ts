import type { PricingPolicy } from '../../domain/pricing/index.js';
import {
  cartOpened,
  invalidField,
  itemAdded,
  policyPut,
  ReadApi,
  refusalOf,
  usd,
} from '../shared/test-support/index.js';

/** 10 % on top in Germany and in Illinois, prices in US dollars, and a parcel that Japan does not get. */
const pricing: PricingPolicy = {
  name: 'spec',
  rounding: 'half-even',
  level: 'line',
  taxZones: [
    { countries: ['DE'], rates: [{ name: 'VAT', rate: '0.10', included: false }] },
    { countries: ['US'], regions: ['IL'], rates: [{ name: 'Sales tax', rate: '0.10', included: false }] },
  ],
  taxShipping: false,
  shippingMethods: [
    { id: 'standard', name: 'Standard', rates: [{ currency: 'USD', price: 500 }] },
    { id: 'parcel', name: 'Parcel', rates: [{ countries: ['DE', 'US'], currency: 'USD', price: 900 }] },
  ],
};

let api: ReadApi;
beforeAll(async () => {
  api = await ReadApi.start();
  api
    .record('pricingpolicy-shop', policyPut(pricing))
    .record('cart-full', cartOpened('full'))
    .record('cart-full', itemAdded('full', 'tea', { quantity: 3, amount: 1000 }))
    .record('cart-empty', cartOpened('empty'))
    .record('cart-yen', { type: 'cart.opened.v1', data: { cartId: 'yen', currency: 'JPY' } })
    .record('cart-yen', itemAdded('yen', 'tea', { quantity: 1, amount: 1000, currency: 'JPY' }))
    .record('cart-gone', cartOpened('gone'))
    .record('cart-gone', { type: 'cart.abandoned.v1', data: { cartId: 'gone' } });
  await api.catchUp();
});
afterAll(() => api.close());

describe('a cart', () => {
  it('is read by whoever knows its id, kept by nobody, with its version as ETag', async () => {
    const { status, json, headers } = await api.get('/v1/carts/full');
    expect([status, headers.get('etag'), headers.get('cache-control')]).toEqual([200, '"1"', 'no-store']);
    expect(json).toMatchObject({ cartId: 'full', status: 'open', totals: { total: usd(3000) }, version: 1 });
  });

  it('is 304 for who has its last version', async () => {
    const known = async (path: string, etag: string) => (await api.get(path, { 'if-none-match': etag })).status;
    expect([await known('/v1/carts/full', '"1"'), await known('/v1/carts/full', '"0"')]).toEqual([304, 200]);
  });

  it('that nobody opened is 404', async () => {
    for (const path of ['/v1/carts/nothing', '/v1/carts/nothing/quote?country=US']) {
      expect(refusalOf(await api.get(path))).toMatchObject({ status: 404, code: 'CART.NOT_FOUND' });
    }
  });
});

describe('a quote', () => {
  it('has the totals at the destination and what every method on offer there costs', async () => {
    const { json } = await api.get('/v1/carts/full/quote?country=DE&postalCode=10115&shippingMethod=parcel');
    expect(json).toEqual({
      discounts: [],
      totals: {
        subtotal: usd(3000),
        discount: usd(0),
        shipping: usd(900),
        tax: usd(300),
        taxIncluded: usd(0),
        net: usd(3900),
        total: usd(4200),
      },
      shippingCost: {
        method: 'parcel',
        name: 'Parcel',
        price: usd(900),
        discounts: [],
        discount: usd(0),
        taxes: [],
        net: usd(900),
        gross: usd(900),
        cheapest: usd(500),
      },
      shippingMethods: [
        { id: 'standard', name: 'Standard', price: usd(500) },
        { id: 'parcel', name: 'Parcel', price: usd(900) },
      ],
    });
  });

  it('takes the first method on offer where none is named', async () => {
    const { json } = await api.get('/v1/carts/full/quote?country=JP');
    expect(json).toMatchObject({ totals: { shipping: usd(500), tax: usd(0) }, shippingMethods: [{ id: 'standard' }] });
  });

  it('of an empty cart is all zero', async () => {
    const none = usd(0);
    const { json } = await api.get('/v1/carts/empty/quote?country=DE');
    expect(json['totals']).toEqual({
      subtotal: none,
      discount: none,
      shipping: none,
      tax: none,
      taxIncluded: none,
      net: none,
      total: none,
    });
  });

  it('refuses a method that is not on offer there, and a cart that is not open', async () => {
    const unknown = { status: 422, code: 'SHIPPING.UNKNOWN_METHOD', paths: [] };
    expect(refusalOf(await api.get('/v1/carts/full/quote?country=US&region=IL&shippingMethod=teleport'))).toEqual(
      unknown,
    );
    expect(refusalOf(await api.get('/v1/carts/full/quote?country=JP&shippingMethod=parcel'))).toEqual(unknown);
    const closed = { status: 409, code: 'CART.NOT_OPEN', paths: [] };
    expect(refusalOf(await api.get('/v1/carts/gone/quote?country=US'))).toEqual(closed);
  });

  it('takes the tax of a region however it is spelt, and refuses to guess it', async () => {
    for (const region of ['IL', 'us-il', '%20Illinois']) {
      const { json } = await api.get(`/v1/carts/full/quote?country=US&region=${region}`);
      expect(json).toMatchObject({ totals: { tax: usd(300) } });
    }
    const unknown = { status: 422, code: 'ADDRESS.UNKNOWN_REGION', paths: [] };
    for (const query of ['', '&region=', '&region=ILL']) {
      expect(refusalOf(await api.get(`/v1/carts/full/quote?country=US${query}`))).toEqual(unknown);
    }
  });

  it('refuses a cart in a currency that nothing is shipped for', async () => {
    const none = { status: 422, code: 'SHIPPING.NO_METHOD', paths: [] };
    expect(refusalOf(await api.get('/v1/carts/yen/quote?country=DE'))).toEqual(none);
  });

  it.each(['', '?country=USA', '?country=XX', '?country=US&country=DE'])(
    '%s is refused for its country',
    async (query) => {
      expect(refusalOf(await api.get(`/v1/carts/full/quote${query}`))).toEqual(invalidField('country'));
    },
  );
});
