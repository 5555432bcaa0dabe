import { given } from '../shared/test-support/index.js';
import { basePrice, basePrices, priceIdOf, productPrices, rowsInForce, variantDecider, windowsAfter } from './index.js';
import type { ListTerms, PriceRow, Prices, PricesInForce, SetPrices, VariantEvent } from './index.js';

const usd = (amount: number, conditions: Partial<PriceRow> = {}): PriceRow => ({
  amount,
  currency: 'USD',
  ...conditions,
});
const eur = (amount: number, conditions: Partial<PriceRow> = {}): PriceRow => ({
  amount,
  currency: 'EUR',
  ...conditions,
});
const day = (number: number) => `2026-11-${String(number).padStart(2, '0')}T00:00:00.000Z`;

const ids = { productId: 'p-1', sku: 'TEA-1' };
const created: VariantEvent = {
  type: 'variant.created.v1',
  data: { ...ids, prices: [usd(499)], taxClass: 'standard' },
};
const changed = (was: Prices, prices: Prices, inForce?: PricesInForce): VariantEvent => ({
  type: 'variant.prices-changed.v1',
  data: { ...ids, was, prices, ...(inForce && { inForce }) },
});
const passed = (at: string, ...rows: readonly PriceRow[]): VariantEvent => ({
  type: 'variant.prices-in-force-changed.v1',
  data: { ...ids, inForce: { at, priceIds: rows.map(priceIdOf) } },
});
const set = (prices: readonly PriceRow[], now = day(10), lists: readonly ListTerms[] = []): SetPrices => ({
  type: 'set-prices',
  prices,
  now,
  known: { channels: new Set(['default', 'shop']), lists },
});
const sale = (revision: number, isInForce = true): ListTerms => ({ code: 'sale', revision, priority: 1, isInForce });
const pass = (at: string) => ({ type: 'pass-window', at }) as const;
const inForce = (at: string, ...rows: readonly PriceRow[]): PricesInForce => ({ at, priceIds: rows.map(priceIdOf) });
const sold = given(variantDecider).events(created);
const countingAfter = (...events: readonly VariantEvent[]) => {
  const state = sold.events(...events).state();
  return state.status === 'none' ? [] : rowsInForce(state);
};

describe('price rows', () => {
  it('are known by their currency and conditions, whatever their amount', () => {
    const rows = [eur(1), usd(1), eur(1, { minQuantity: 2 }), eur(1, { list: 'a' }), eur(1, { customerGroup: 'a' })];
    const more = [eur(1, { channel: 'a' }), eur(1, { from: day(1) }), eur(1, { to: day(1) })];
    expect(new Set([...rows, ...more].map(priceIdOf)).size).toBe(8);
    expect(priceIdOf(eur(2, { list: 'a' }))).toBe(priceIdOf(eur(1, { list: 'a' })));
    expect(priceIdOf(eur(1))).toMatch(/^[0-9a-f]{16}$/);
    expect(productPrices({ sku: 'TEA-1', prices: [eur(1)] })).toEqual({
      sku: 'TEA-1',
      prices: [{ priceId: priceIdOf(eur(1)), ...eur(1) }],
    });
  });

  it('have a price without conditions, one a currency', () => {
    const rows: Prices = [eur(9, { minQuantity: 5 }), usd(3), eur(2), eur(1, { to: day(1) })];
    expect(basePrices(rows)).toEqual([usd(3), eur(2)]);
    expect([basePrice(rows), basePrice(rows, 'EUR'), basePrice(rows, 'JPY')]).toEqual([usd(3), eur(2), usd(3)]);
    expect(basePrice([eur(9, { minQuantity: 5 })])).toEqual(eur(9));
  });

  it('are replaced as a whole, and nothing is recorded where they are so already', () => {
    const rows: Prices = [usd(450), usd(400, { minQuantity: 10 }), eur(420, { channel: 'shop' })];
    sold.when(set(rows)).thenOnce(changed([usd(499)], rows));
    sold.when(set([usd(499)])).then();
    const [first, second, third] = rows;
    sold
      .events(changed([usd(499)], rows))
      .when(set([first, usd(401, { minQuantity: 10 }), third ?? second ?? first]))
      .then(changed(rows, [first, usd(401, { minQuantity: 10 }), third ?? first]));
  });

  it('keep all but the one without conditions when that has another amount', () => {
    const rows: Prices = [usd(450), eur(420, { minQuantity: 2 }), eur(500)];
    const before = sold.events(changed([usd(499)], rows));
    before
      .when({ type: 'change-variant', price: eur(510) })
      .thenOnce(changed(rows, [usd(450), eur(420, { minQuantity: 2 }), eur(510)]));
    const yen = { amount: 70, currency: 'JPY' };
    before.when({ type: 'change-variant', price: yen }).thenOnce(changed(rows, [...rows, yen]));
    before.when({ type: 'change-variant', price: usd(450) }).then();
  });

  it('are refused with all that is wrong with them', () => {
    const wrong = [
      eur(1, { channel: 'nowhere', list: 'none' }),
      eur(2),
      eur(3, { from: day(2), to: day(2) }),
      eur(4),
      eur(5, { from: day(3), to: day(2), list: 'sale', channel: 'shop' }),
    ];
    const paths = ['prices.0.list', 'prices.0.channel', 'prices.2.to', 'prices.3', 'prices.4.to'];
    const errors = paths.map((path) => ({ path, message: expect.any(String) as string }));
    sold.when(set(wrong, day(10), [sale(0)])).refused('PRODUCT.INVALID_PRICES', { errors });
    sold.when(set([])).refused('PRODUCT.INVALID_PRICES');
    given(variantDecider)
      .when(set([eur(1)]))
      .refused('PRODUCT.UNKNOWN_SKU');
    given(variantDecider)
      .when(pass(day(1)))
      .refused('PRODUCT.UNKNOWN_SKU');
  });
});

describe('a price with a window', () => {
  const [base, sale, later] = [usd(499), usd(399, { from: day(5), to: day(20) }), usd(299, { from: day(15) })];
  const rows: Prices = [base, sale, later];

  it('is in force at once where it has begun, and where it begins later by an event at its time', () => {
    sold.when(set(rows)).thenOnce(changed([base], rows, inForce(day(10), sale)));
    const at10 = changed([base], rows, inForce(day(10), sale));
    expect(countingAfter(at10)).toEqual([base, sale]);
    sold
      .events(at10)
      .when(pass(day(15)))
      .thenOnce(passed(day(15), sale, later));
    expect(countingAfter(at10, passed(day(15), sale, later))).toEqual(rows);
    sold
      .events(at10, passed(day(15), sale, later))
      .when(pass(day(20)))
      .thenOnce(passed(day(20), later));
    expect(countingAfter(at10, passed(day(20), later))).toEqual([base, later]);
  });

  it('is in force from its first moment to before its last', () => {
    const at = (now: string) => {
      const [event] = sold.when(set(rows, now)).accepted();
      return event === undefined ? [] : countingAfter(event).slice(1);
    };
    expect([at('2026-11-04T23:59:59.999Z'), at(day(5))]).toEqual([[], [sale]]);
    expect([at('2026-11-19T23:59:59.999Z'), at(day(20))]).toEqual([[sale, later], [later]]);
  });

  it('does not begin or end again by what comes late, or by a clock that is behind', () => {
    const at15 = changed([base], rows, inForce(day(15), sale, later));
    sold
      .events(at15)
      .when(pass(day(5)))
      .then();
    sold
      .events(at15)
      .when(pass(day(15)))
      .then();
    sold.when(pass(day(15))).then();
    const dearer: Prices = [usd(500), sale, later];
    sold
      .events(at15)
      .when(set(dearer, day(10)))
      .then(changed(rows, dearer, inForce(day(15), sale, later)));
  });

  it('stays as it is while another price changes', () => {
    const at10 = changed([base], rows, inForce(day(10), sale));
    const dearer: Prices = [usd(500), sale, later];
    sold
      .events(at10)
      .when({ type: 'change-variant', price: usd(500) })
      .then(changed(rows, dearer));
    expect(countingAfter(at10, changed(rows, dearer))).toEqual([usd(500), sale]);
  });

  it('has its times in order, each once', () => {
    expect(windowsAfter([...rows, eur(1, { to: day(15) })], day(5))).toEqual([day(15), day(20)]);
    expect(windowsAfter([base], '')).toEqual([]);
  });
});

describe('a price of a list', () => {
  const rows: Prices = [usd(499), usd(399, { list: 'sale' })];
  const withLists = (lists: readonly ListTerms[]): VariantEvent => ({
    type: 'variant.prices-changed.v1',
    data: { ...ids, was: [usd(499)], prices: rows, lists },
  });
  const told = (list: ListTerms): VariantEvent => ({ type: 'variant.price-list-changed.v1', data: { ...ids, list } });
  const termsAfter = (...events: readonly VariantEvent[]) => {
    const state = sold.events(...events).state();
    return state.status === 'none' ? undefined : state.lists;
  };

  it('is set with the terms of its list', () => {
    sold.when(set(rows, day(10), [sale(0)])).thenOnce(withLists([sale(0)]));
    expect(termsAfter(withLists([sale(0)]))).toEqual([sale(0)]);
  });

  it('follows its list, and never back to older terms', () => {
    const before = sold.events(withLists([sale(3)]));
    before.when({ type: 'follow-price-list', list: sale(4, false) }).thenOnce(told(sale(4, false)));
    before.when({ type: 'follow-price-list', list: sale(2) }).then();
    expect(termsAfter(withLists([sale(3)]), told(sale(4, false)), withLists([sale(3)]))).toEqual([sale(4, false)]);
    given(variantDecider)
      .when({ type: 'follow-price-list', list: sale(0) })
      .refused('PRODUCT.UNKNOWN_SKU');
  });

  it('may be told of its list before it is set, so that nothing is missed between the two', () => {
    sold.when({ type: 'follow-price-list', list: sale(6) }).thenOnce(told(sale(6)));
    expect(termsAfter(told(sale(6)), withLists([sale(5)]))).toEqual([sale(6)]);
  });
});
