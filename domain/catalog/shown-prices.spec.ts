import fc from 'fast-check';
import { placedPrices, priceIdOf, shownPrices, unitRow } from './index.js';
import type { ListTerms, PriceRow, Pricing } from './index.js';

const eur = (amount: number, conditions: Partial<PriceRow> = {}): PriceRow => ({
  amount,
  currency: 'EUR',
  ...conditions,
});
const usd = (amount: number): PriceRow => ({ amount, currency: 'USD' });
const sale = (terms: Partial<ListTerms> = {}): ListTerms => ({
  code: 'sale',
  revision: 0,
  priority: 1,
  isInForce: true,
  ...terms,
});

describe('the prices that are shown', () => {
  it('are in the first currency that there is a price in, where none is named', () => {
    const later = eur(1, { from: '2026-01-01T00:00:00.000Z' });
    expect(shownPrices({ prices: [later, usd(5)] }, {})).toEqual({ price: usd(5) });
    const inForce = { at: '2026-01-01T00:00:00.000Z', priceIds: [priceIdOf(later)] };
    expect(shownPrices({ prices: [later, usd(5)], inForce }, {})).toEqual({ price: eur(1) });
    expect(shownPrices({ prices: [later] }, {})).toEqual({ price: null });
    expect(shownPrices({ prices: [usd(5)] }, { currency: 'EUR' })).toEqual({ price: null });
  });

  it('say what it was only where a list undercuts the row without conditions', () => {
    const pricing = (amount: number, terms: Partial<ListTerms> = {}): Pricing => ({
      prices: [eur(100), eur(amount, { list: 'sale' })],
      lists: [sale(terms)],
    });
    expect(shownPrices(pricing(80), {})).toEqual({ price: eur(80), wasPrice: eur(100) });
    expect(shownPrices(pricing(120), {})).toEqual({ price: eur(120) });
    expect(shownPrices(pricing(100), {})).toEqual({ price: eur(100) });
    expect(shownPrices(pricing(80, { isInForce: false }), {})).toEqual({ price: eur(100) });
    expect(shownPrices(pricing(80, { customerGroups: ['trade'] }), {})).toEqual({ price: eur(100) });
    expect(shownPrices({ prices: [eur(80, { list: 'sale' })], lists: [sale()] }, {})).toEqual({ price: eur(80) });
  });
});

describe('prices by place', () => {
  const some = <Value>(values: readonly Value[]) =>
    fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined });
  const row = fc.record(
    {
      amount: fc.integer({ min: 1, max: 5 }),
      currency: fc.constantFrom('EUR', 'USD'),
      channel: fc.constantFrom('default', 'at', 'de'),
      list: fc.constantFrom('a', 'b'),
    },
    { requiredKeys: ['amount', 'currency'] },
  );
  const terms = (code: string) =>
    fc.record({
      code: fc.constant(code),
      priority: fc.integer({ min: -1, max: 1 }),
      channels: some(['at', 'de']),
      countries: some(['AT', 'DE']),
    });

  it('are found for any channel and country by the first that names it, as if worked out for it', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), fc.tuple(terms('a'), terms('b')), (prices, lists) => {
        const pricing = { prices, lists: lists.map((list) => ({ ...list, revision: 0, isInForce: true })) } as Pricing;
        const placed = placedPrices(pricing);
        for (const currency of ['EUR', 'USD', 'JPY']) {
          for (const channel of ['default', 'at', 'de', 'fr']) {
            for (const country of ['AT', 'DE', 'FR', undefined]) {
              const at = (one: string | null, other: string | null) =>
                placed.find((price) => price.currency === currency && price.channel === one && price.country === other);
              const found =
                at(channel, country ?? null) ?? at(channel, null) ?? at(null, country ?? null) ?? at(null, null);
              const place = { currency, channel, ...(country === undefined ? {} : { country }) };
              expect(found?.amount).toBe(unitRow(pricing, place)?.amount);
            }
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are one a currency where no row and no list names a place', () => {
    expect(placedPrices({ prices: [eur(5), usd(6), eur(4, { minQuantity: 2 })] })).toEqual([
      { currency: 'EUR', channel: null, country: null, amount: 5 },
      { currency: 'USD', channel: null, country: null, amount: 6 },
    ]);
  });
});
