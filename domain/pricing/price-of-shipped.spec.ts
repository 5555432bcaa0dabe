import fc from 'fast-check';
import { priceCart, priceOfShipped } from './index.js';
import type { PriceableLine, PricingPolicy } from './index.js';
import { anyLines, anyPolicy, eur, germany, line, taxing, vat } from './test-support/pricing-examples.js';

type SkuLine = PriceableLine & { readonly sku: string };

const order = (policy: PricingPolicy, lines: readonly SkuLine[]) => {
  const pricing = priceCart(lines, germany, { policy, currency: 'EUR' });
  if (!pricing.accepted) throw new Error(pricing.refusal.code);
  return { lines, totals: pricing.totals, taxes: pricing.taxes, basis: pricing.basis };
};
const priceOf = (of: ReturnType<typeof order>, shipped: Record<string, number>) =>
  priceOfShipped({ ...of, shipped: new Map(Object.entries(shipped)) }).amount;

const shippingMethods = [{ id: 's', name: 's', rates: [{ price: 500 }] }];

describe('what an order costs when only a part of it ships', () => {
  it('is the shipped units and the whole shipping cost', () => {
    const of = order(taxing([], { shippingMethods }), [line('A', 1000, 3), line('B', 250, 2)]);
    expect(priceOf(of, { A: 2 })).toBe(2500);
    expect(priceOf(of, { A: 3, B: 1 })).toBe(3750);
  });

  it('has the tax on top of what shipped, as if the rest had never been ordered', () => {
    const lines = [line('A', 108, 3), line('B', 999, 1)];
    expect(priceOf(order(taxing([vat('0.19', false)]), lines), { A: 3 })).toBe(386);
    expect(priceOf(order(taxing([vat('0.19', false)], { level: 'unit' }), lines), { A: 2 })).toBe(258);
  });

  it('adds no tax that the prices contain', () => {
    expect(priceOf(order(taxing([vat('0.19', true)]), [line('A', 108, 3)]), { A: 1 })).toBe(108);
  });

  it('has the tax on shipping only where the order had it', () => {
    const priced = (taxShipping: boolean) =>
      order(taxing([vat('0.2', false)], { taxShipping, shippingMethods }), [line('A', 1000, 2)]);
    expect(priceOf(priced(true), { A: 1 })).toBe(1800);
    expect(priceOf(priced(false), { A: 1 })).toBe(1700);
  });

  it('is nothing when nothing shipped, and never counts more units than were ordered', () => {
    const of = order(taxing([], { shippingMethods }), [line('A', 1000, 3)]);
    expect([priceOf(of, {}), priceOf(of, { A: 0, Z: 2 }), priceOf(of, { A: 4 })]).toEqual([0, 0, 3500]);
    expect(priceOfShipped({ ...of, shipped: new Map() })).toEqual(eur(0));
  });

  it('is a programming error when the order’s amounts cannot be counted', () => {
    const of = order(taxing([vat('0.2', false)]), [line('A', 1000, 1)]);
    const lines = [line('A', Number.MAX_SAFE_INTEGER, 1)];
    expect(() => priceOf({ ...of, lines }, { A: 1 })).toThrow(RangeError);
  });

  it('is the total when all has shipped, and grows with every unit', () => {
    fc.assert(
      fc.property(anyLines, anyPolicy, fc.infiniteStream(fc.nat({ max: 500 })), (lines, policy, draw) => {
        const of = order(policy, lines);
        const all = new Map(lines.map(({ sku, quantity }) => [sku, quantity]));
        expect(priceOfShipped({ ...of, shipped: all })).toEqual(of.totals.total);
        const some = new Map(lines.map(({ sku, quantity }) => [sku, draw.next().value % (quantity + 1)]));
        const fewer = new Map(Array.from(some, ([sku, quantity]) => [sku, Math.max(0, quantity - 1)]));
        const [less, more] = [fewer, some].map((shipped) => priceOfShipped({ ...of, shipped }).amount);
        expect(less).toBeLessThanOrEqual(more ?? -1);
        expect(more).toBeLessThanOrEqual(of.totals.total.amount);
      }),
    );
  });

  it('is what a new order of just these units costs at the same shipping price', () => {
    fc.assert(
      fc.property(anyLines, anyPolicy, (lines, policy) => {
        const half = lines.map(({ sku, unitPrice, quantity }) => line(sku, unitPrice.amount, Math.ceil(quantity / 2)));
        const shipped = new Map(half.map(({ sku, quantity }) => [sku, quantity]));
        expect(priceOfShipped({ ...order(policy, lines), shipped })).toEqual(order(policy, half).totals.total);
      }),
    );
  });
});
