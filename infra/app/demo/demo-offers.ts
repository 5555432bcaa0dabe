import type { Answer, Call } from '../../cli/api-client.js';

/** The code that the welcome text hands in. */
export const WELCOME_CODE = 'WELCOME-10';

const usd = (amount: number) => ({ amount, currency: 'USD' });

/** Three promotions to see at work: off a category, units for nothing, and with a coupon off the whole order. */
const PROMOTIONS = [
  {
    name: 'Tropical week',
    description: '15 % off bananas and other tropical fruit',
    then: [{ type: 'percent-off', percent: '15', of: { categories: ['Tropical Fruit'] } }],
  },
  {
    name: 'Pasta night',
    description: 'Two of pasta and sauce, a third for nothing',
    then: [
      {
        type: 'buy-get',
        buy: { quantity: 2, of: { categories: ['Pasta', 'Pasta Sauce'] } },
        get: { quantity: 1, of: { categories: ['Pasta', 'Pasta Sauce'] }, percent: '100' },
      },
    ],
  },
  {
    name: 'Welcome',
    description: '10 % off an order, with a code',
    trigger: 'coupon',
    then: [{ type: 'percent-off', percent: '10', of: 'order' }],
  },
];

const SPECIALS = { code: 'weekly-specials', name: 'Weekly specials', priority: 10 };

/** What these SKUs cost usually and by the list, US cents. */
const SPECIAL_PRICES = [
  ['862799', 699, 599],
  ['1042544', 699, 629],
  ['1003188', 189, 159],
] as const;

const CARD = { amount: usd(2500), note: 'Of the demo shop' };

/** A product of which each unit is a gift card. */
export const CARD_SKU = 'GIFT-CARD-25';
const CARD_PRODUCT = {
  sku: CARD_SKU,
  name: 'Gift card, 25 dollars',
  description: 'Its code comes with the order and pays anything in the shop.',
  brand: 'Corner Market',
  categories: ['Gifts', 'Gift Cards'],
  kind: 'gift-card',
  price: usd(2500),
};

/** Sends a call to the engine until it is carried out. */
type Send = (call: Omit<Call, 'token'> & { readonly key: string }) => Promise<Answer>;

/** Sets up what the demo shop offers beside its products. @returns the code of a gift card */
export async function setUpDemoOffers(send: Send): Promise<string> {
  const keyOf = (what: string): string => `demo-shop:${what}`;
  const post = (path: string, what: string, body?: object): Promise<Answer> =>
    send({ method: 'POST', path, key: keyOf(what), ...(body && { body }) });
  for (const [index, promotion] of PROMOTIONS.entries()) {
    const created = await post('/v1/promotions', `promotion-${index}`, promotion);
    const path = `/v1/promotions/${String(created.body['promotionId'])}`;
    if ('trigger' in promotion)
      await post(`${path}/coupons`, `coupon-${index}`, { codes: [WELCOME_CODE], uses: 10_000 });
    await post(`${path}/activation`, `activation-${index}`);
  }
  await post('/v1/price-lists', 'price-list', SPECIALS);
  for (const [sku, usual, special] of SPECIAL_PRICES) {
    const prices = [usd(usual), { ...usd(special), list: SPECIALS.code }];
    await send({ method: 'PUT', path: `/v1/products/${sku}/prices`, key: keyOf(`prices-${sku}`), body: { prices } });
  }
  await post('/v1/products', 'card-product', CARD_PRODUCT);
  const card = await post('/v1/gift-cards', 'gift-card', CARD);
  return String(card.body['code']);
}
