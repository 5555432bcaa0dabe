import fc from 'fast-check';
import type { OrderEvent, SoldLine } from '../../domain/order/index.js';
import { EventLog, fold } from '../shared/test-support/index.js';
import { partsOf, salesReadModel, slotOf, slotId } from './sales.read-model.js';
import type { SalesDimension, SalesDocument, SalesGrain } from './sales.read-model.js';

const line = (
  sku: string,
  category: string,
  sold: { quantity: number; amount: number; currency?: string },
): SoldLine => ({
  lineId: sku,
  sku,
  category,
  quantity: sold.quantity,
  revenue: { amount: sold.amount, currency: sold.currency ?? 'USD' },
});
const confirmed = (orderId: string, ...lines: SoldLine[]): OrderEvent => ({
  type: 'order.confirmed.v1',
  data: { orderId, lines },
});
const cancelled = (orderId: string, wholly: boolean, ...lines: SoldLine[]): OrderEvent => ({
  type: 'order.cancelled.v1',
  data: { orderId, lines, wholly },
});

const MONDAY = '2026-11-30T23:59:59.999Z';
const TUESDAY = '2026-12-01T00:00:00.000Z';

interface Sum {
  orders: number;
  units: number;
  revenue: bigint;
}

class Sales {
  private readonly log = new EventLog<OrderEvent>();

  record(event: OrderEvent, at: string): this {
    this.log.append(`order-${event.data.orderId}`, event, at);
    return this;
  }

  /** Sums over all time by `key currency`; of categories and SKUs days and quarters are the same sales. */
  by(by: SalesDimension): Record<string, Sum> {
    const [days, quarters] = [this.sums(by, 'days'), this.sums(by, 'quarters')];
    expect(days).toEqual(by === 'day' ? {} : quarters);
    return quarters;
  }

  /** What was sold when, by `at channel key`. */
  parts(by: SalesDimension): Record<string, number> {
    const units: Record<string, number> = {};
    for (const document of this.documents()) {
      if (document.by !== by) continue;
      for (const { at, channel, count } of partsOf(document)) units[`${at} ${channel} ${document.key}`] = count[1];
    }
    return units;
  }

  private sums(by: SalesDimension, grain: SalesGrain): Record<string, Sum> {
    const sums: Record<string, Sum> = {};
    for (const document of this.documents()) {
      if (document.by !== by || document.grain !== grain) continue;
      const sum = (sums[`${document.key} ${document.currency}`] ??= { orders: 0, units: 0, revenue: 0n });
      for (const { count } of partsOf(document)) {
        const [orders, units, revenue] = count;
        sum.orders += orders;
        sum.units += units;
        sum.revenue += BigInt(revenue);
      }
    }
    return sums;
  }

  private documents(): SalesDocument[] {
    const documents: unknown = [...fold(salesReadModel, this.log.events).values()];
    return documents as SalesDocument[];
  }
}

describe('the sales read model', () => {
  const a = line('a', 'kitchen', { quantity: 2, amount: 400 });
  const b = line('b', 'kitchen', { quantity: 1, amount: 50 });
  const c = line('c', 'garden', { quantity: 3, amount: 900 });

  it('counts an order once in each key that it touches', () => {
    const sales = new Sales().record(confirmed('o-1', a, b, c), MONDAY).record(confirmed('o-2', b), MONDAY);
    expect(sales.by('day')).toEqual({ '2026-11-30 USD': { orders: 2, units: 7, revenue: 1400n } });
    expect(sales.by('category')).toEqual({
      'kitchen USD': { orders: 2, units: 4, revenue: 500n },
      'garden USD': { orders: 1, units: 3, revenue: 900n },
    });
    expect(sales.by('sku')).toEqual({
      'a USD': { orders: 1, units: 2, revenue: 400n },
      'b USD': { orders: 2, units: 2, revenue: 100n },
      'c USD': { orders: 1, units: 3, revenue: 900n },
    });
  });

  it('keeps currencies apart', () => {
    const sales = new Sales()
      .record(confirmed('o-1', a), MONDAY)
      .record(confirmed('o-2', line('a', 'kitchen', { quantity: 1, amount: 7, currency: 'JPY' })), MONDAY);
    expect(sales.by('sku')).toEqual({
      'a USD': { orders: 1, units: 2, revenue: 400n },
      'a JPY': { orders: 1, units: 1, revenue: 7n },
    });
  });

  it('subtracts a cancellation on its own day, and keeps what falls to zero', () => {
    const sales = new Sales().record(confirmed('o-1', a), MONDAY).record(cancelled('o-1', true, a), TUESDAY);
    expect(sales.by('day')).toEqual({
      '2026-11-30 USD': { orders: 1, units: 2, revenue: 400n },
      '2026-12-01 USD': { orders: -1, units: -2, revenue: -400n },
    });
    expect(sales.by('sku')).toEqual({ 'a USD': { orders: 0, units: 0, revenue: 0n } });
  });

  it('takes a partly shipped order out of the keys of which nothing had shipped', () => {
    const part = line('a', 'kitchen', { quantity: 1, amount: 200 });
    const rest: OrderEvent = {
      type: 'order.cancelled.v1',
      data: { orderId: 'o-1', lines: [part, b, c], wholly: false, kept: [part] },
    };
    const sales = new Sales().record(confirmed('o-1', a, b, c), MONDAY).record(rest, MONDAY);
    const left = { orders: 1, units: 1, revenue: 200n };
    const nothing = { orders: 0, units: 0, revenue: 0n };
    expect(sales.by('sku')).toEqual({ 'a USD': left, 'b USD': nothing, 'c USD': nothing });
    expect(sales.by('category')).toEqual({ 'kitchen USD': left, 'garden USD': nothing });
    expect(sales.by('day')).toEqual({ '2026-11-30 USD': left });
  });

  it('adds up exactly beyond 2^53, and a cancellation leaves exactly the other order', () => {
    const [dear, dearer] = [2 ** 53 - 1, 2 ** 53 - 2].map((amount) => line('a', 'kitchen', { quantity: 1, amount }));
    if (dear === undefined || dearer === undefined) throw new Error('two lines');
    const sales = new Sales().record(confirmed('o-1', dear), MONDAY).record(confirmed('o-2', dearer), MONDAY);
    const both = { orders: 2, units: 2, revenue: 2n ** 54n - 3n };
    for (const by of ['day', 'category', 'sku'] as const) expect(Object.values(sales.by(by))).toEqual([both]);
    sales.record(cancelled('o-2', true, dearer), MONDAY);
    const first = { orders: 1, units: 1, revenue: 2n ** 53n - 1n };
    for (const by of ['day', 'category', 'sku'] as const) expect(Object.values(sales.by(by))).toEqual([first]);
  });

  it('counts by quarters of an hour and by channel', () => {
    const inShop: OrderEvent = { type: 'order.confirmed.v1', data: { orderId: 'o-2', channel: 'shop-de', lines: [a] } };
    const sales = new Sales()
      .record(confirmed('o-1', a), '2026-11-30T23:44:59.999Z')
      .record(inShop, '2026-11-30T23:45:00.000Z')
      .record(confirmed('o-3', b), '2026-11-30T23:45:00.000Z');
    expect(sales.parts('day')).toEqual({
      '2026-11-30T23:30 default 2026-11-30': 2,
      '2026-11-30T23:45 default 2026-11-30': 1,
      '2026-11-30T23:45 shop-de 2026-11-30': 2,
    });
    expect(sales.parts('sku')).toEqual({
      '2026-11-30 default a': 2,
      '2026-11-30 shop-de a': 2,
      '2026-11-30 default b': 1,
      '2026-11-30T23:30 default a': 2,
      '2026-11-30T23:45 shop-de a': 2,
      '2026-11-30T23:45 default b': 1,
    });
  });

  it('subtracts nothing for an order that was never confirmed', () => {
    expect(new Sales().record(cancelled('o-1', true), MONDAY).by('day')).toEqual({});
  });

  it('makes the same revenue by day, by category and by SKU', () => {
    const sold = fc
      .tuple(
        fc.constantFrom('a', 'b', 'c', 'd'),
        fc.constantFrom('kitchen', 'garden'),
        fc.record({
          quantity: fc.integer({ min: 1, max: 9 }),
          amount: fc.maxSafeNat(),
          currency: fc.constantFrom('USD', 'JPY'),
        }),
      )
      .map(([sku, category, count]) => line(sku, category, count));
    const order = fc.tuple(fc.array(sold, { minLength: 1, maxLength: 6 }), fc.boolean());
    fc.assert(
      fc.property(fc.array(order, { maxLength: 8 }), (orders) => {
        const sales = new Sales();
        orders.forEach(([lines, isCancelled], index) => {
          sales.record(confirmed(`o-${index}`, ...lines), MONDAY);
          if (isCancelled) sales.record(cancelled(`o-${index}`, true, ...lines), TUESDAY);
        });
        const kept = orders.filter(([, isCancelled]) => !isCancelled).flatMap(([lines]) => lines);
        const revenue = kept.reduce((sum, one) => sum + BigInt(one.revenue.amount), 0n);
        for (const by of ['day', 'category', 'sku'] as const) {
          const sums = Object.values(sales.by(by));
          expect(sums.reduce((sum, count) => sum + count.revenue, 0n)).toBe(revenue);
        }
      }),
    );
  });
});

describe('the id of a sales document', () => {
  it('names any key, whatever is in it', () => {
    const slot = { by: 'category', grain: 'days', currency: 'USD', period: '2026-11', key: 'a|b\nc' } as const;
    expect(slotOf(slotId(slot))).toEqual(slot);
  });
});
