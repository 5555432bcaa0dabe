import { readFileSync } from 'node:fs';
import { EVENT_TITLES, moneyText, titleOf } from './event-titles.js';

const CONTEXTS = ['cart', 'order', 'payment', 'gift-card', 'inventory', 'shipping'];
const TYPE = /DomainEvent<\s*'([^']+)'/g;

const domain = (path: string): URL => new URL(`../../domain/${path}`, import.meta.url);
const declared = CONTEXTS.flatMap((context) => {
  const source = readFileSync(domain(`${context}/events.ts`), 'utf8');
  return [...source.matchAll(TYPE)].map(([, type]) => ({ context, type: String(type) }));
});
/** The data that an event of this type once had. */
const golden = (context: string, type: string): object => {
  const data: unknown = JSON.parse(readFileSync(domain(`${context}/golden/${type}.json`), 'utf8'));
  return data as object;
};
const usd = (amount: number) => ({ amount, currency: 'USD' });

describe('the titles of an order’s history', () => {
  it('there is one for every type of event that the contexts declare, and no other', () => {
    expect(declared.length).toBeGreaterThan(30);
    expect(Object.keys(EVENT_TITLES).sort()).toEqual(declared.map(({ type }) => type).sort());
  });

  it('each of them is a sentence of its own, with nothing missing', () => {
    const titles = declared.map(({ context, type }) => titleOf({ type, data: golden(context, type) }));
    expect(new Set(titles).size).toBe(titles.length);
    for (const title of titles) expect(title).toMatch(/^[A-Z0-9](?!.*(?:undefined|NaN|\[object))/);
  });

  it.each([
    ['order.refund-requested.v1', { amount: usd(50), reason: 'bruised' }, 'Refund of 0.50 USD requested: bruised'],
    ['order.refund-requested.v1', { amount: usd(50), reason: null }, 'Refund of 0.50 USD requested'],
    ['order.cancellation-requested.v1', { reason: null }, 'Cancellation requested'],
    ['order.cancelled.v1', { wholly: true, lines: [] }, 'Order cancelled'],
    ['order.cancelled.v1', { wholly: false, lines: [{ sku: 'MUG', quantity: 2 }] }, 'Open lines cancelled: 2 × MUG'],
    [
      'cart.item-added.v1',
      { sku: 'MUG', added: 2, unitPrice: usd(1999) },
      'Item added to the cart: 2 × MUG at 19.99 USD',
    ],
    [
      'inventory.reserved.v1',
      { sku: 'MUG', allocations: [{ quantity: 2 }, { quantity: 1 }] },
      'Stock reserved: 3 × MUG',
    ],
    ['some.new-thing.v1', {}, 'some.new-thing.v1'],
    ['constructor', {}, 'constructor'],
  ])('%s says what it is about: %j', (type, data, title) => expect(titleOf({ type, data })).toBe(title));
});

describe('an amount in words', () => {
  it.each([
    [usd(0), '0.00 USD'],
    [usd(123_456), '1,234.56 USD'],
    [usd(-5), '-0.05 USD'],
    [{ amount: 1_234, currency: 'JPY' }, '1,234 JPY'],
    [{ amount: 1_234, currency: 'KWD' }, '1.234 KWD'],
    [{ amount: 150, currency: 'MGA' }, '1.50 MGA'],
    [usd(Number.MAX_SAFE_INTEGER), '90,071,992,547,409.91 USD'],
    [{ amount: Number.MAX_SAFE_INTEGER - 1, currency: 'KWD' }, '9,007,199,254,740.990 KWD'],
  ])('%j is %s', (money, text) => expect(moneyText(money)).toBe(text));
});
