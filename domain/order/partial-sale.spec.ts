import fc from 'fast-check';
import { priceCart } from '../pricing/index.js';
import type { PricingPolicy } from '../pricing/index.js';
import { taxing, vat } from '../pricing/test-support/pricing-examples.js';
import type { LinePart } from '../shared/index.js';
import { untaxedLine } from '../shared/test-support/index.js';
import { orderDecider } from './index.js';
import type { OrderCommand, OrderEvent, OrderState } from './index.js';
import { opened } from './test-support/an-order.js';
import { commands, ship } from './test-support/commands.js';

// An order of three lines whose tax never divides evenly: it ships in three parts, the rest of it is cancelled, and what
// was taken is given back in three parts.

const LINES = { LOT: [333, 3], ODD: [101, 7], ONE: [1, 1] } as const;
const SHIPPING = 290;
type Sku = keyof typeof LINES;
type Units = Readonly<Record<Sku, number>>;
const SKUS = Object.keys(LINES) as readonly Sku[];

interface Terms {
  readonly rounding: PricingPolicy['rounding'];
  readonly level: PricingPolicy['level'];
  readonly included: boolean;
  readonly currency: string;
}

const anyTerms: fc.Arbitrary<Terms> = fc.record({
  rounding: fc.constantFrom('half-even', 'half-up'),
  level: fc.constantFrom('line', 'unit'),
  included: fc.boolean(),
  currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
});
const upTo = (quantity: number) => fc.integer({ min: 0, max: quantity });
/** What each of three parcels would take; they take what there still is. */
const anyParcels: fc.Arbitrary<readonly Units[]> = fc.array(
  fc.record({ LOT: upTo(LINES.LOT[1]), ODD: upTo(LINES.ODD[1]), ONE: upTo(LINES.ONE[1]) }),
  { minLength: 3, maxLength: 3 },
);

/** Rounded division of whole numbers, written down once more, without the code under test. */
function rounded(numerator: number, denominator: number, { rounding }: Terms): number {
  const whole = Math.floor(numerator / denominator);
  const rest = 2 * (numerator % denominator);
  const isUp = rest === denominator ? rounding === 'half-up' || whole % 2 === 1 : rest > denominator;
  return whole + (isUp ? 1 : 0);
}

/** 24 % on a price, or in it. */
function taxOn(price: number, quantity: number, terms: Terms): number {
  const of = (amount: number) => rounded(amount * 24, terms.included ? 124 : 100, terms);
  return terms.level === 'unit' ? of(price) * quantity : of(price * quantity);
}

/** What these units cost with their tax and the shipping. */
function dueFor(units: Units, terms: Terms): number {
  if (SKUS.every((sku) => units[sku] === 0)) return 0;
  const parts = SKUS.map((sku) => [LINES[sku][0], units[sku]] as const);
  return [...parts, [SHIPPING, 1] as const].reduce(
    (sum, [price, quantity]) => sum + price * quantity + (terms.included ? 0 : taxOn(price, quantity, terms)),
    0,
  );
}

/** What a report counts of these units: their price without any tax, and no shipping. */
const revenueOf = (units: Units, terms: Terms): number =>
  SKUS.reduce((sum, sku) => {
    const [price] = LINES[sku];
    return sum + price * units[sku] - (terms.included ? taxOn(price, units[sku], terms) : 0);
  }, 0);

function openOrder({ rounding, level, included, currency }: Terms): OrderCommand {
  const lines = SKUS.map((sku) => {
    const [amount, quantity] = LINES[sku];
    return untaxedLine(sku, { price: { amount, currency }, quantity });
  });
  const policy = taxing([vat('0.24', included)], {
    rounding,
    level,
    taxShipping: true,
    shippingMethods: [{ id: 's', name: 's', rates: [{ currency, price: SHIPPING }] }],
  });
  const priced = priceCart(lines, { country: 'DE' }, { policy, currency });
  if (!priced.accepted) throw new Error(priced.refusal.code);
  const { lines: pricedLines, shipping, totals, taxes, basis: pricing } = priced;
  return {
    type: 'open-order',
    order: { ...opened.data, currency, lines: pricedLines, shipping, totals, taxes, pricing },
  };
}

class Sale {
  readonly events: OrderEvent[] = [];
  state: OrderState = orderDecider.initialState();
  readonly shipped: Record<Sku, number> = { LOT: 0, ODD: 0, ONE: 0 };

  constructor(readonly terms: Terms) {
    this.do(openOrder(terms), commands.confirm);
  }

  do(...sent: readonly OrderCommand[]): void {
    for (const command of sent) {
      const decision = orderDecider.decide(command, this.state);
      if (!decision.accepted) throw new Error(`${command.type}: ${decision.refusal.code}`);
      this.events.push(...decision.events);
      this.state = decision.events.reduce(orderDecider.evolve, this.state);
    }
  }

  ship(wanted: Units): void {
    const units: Record<string, number> = {};
    for (const sku of SKUS) {
      const quantity = Math.min(wanted[sku], LINES[sku][1] - this.shipped[sku]);
      if (quantity === 0) continue;
      units[sku] = quantity;
      this.shipped[sku] += quantity;
    }
    if (Object.keys(units).length > 0) this.do(ship(units));
  }

  /** The amount that the fulfilment captures: the whole total, or what the cancellation left. */
  captured(): number {
    const asked = this.events.find(({ type }) => type === 'order.cancellation-requested.v1');
    if (asked?.type === 'order.cancellation-requested.v1') return asked.data.remaining.amount;
    if (this.state.status === 'none') throw new Error('there is no order');
    return this.state.order.totals.total.amount;
  }

  refund(refundId: string, captured: number, amount?: number): void {
    const { currency } = this.terms;
    const wanted = amount === undefined ? {} : { amount: { amount, currency } };
    this.do({
      type: 'request-refund',
      refundId,
      captured: { amount: captured, currency },
      reason: 'broken',
      ...wanted,
    });
  }

  revenue(): number {
    const of = (type: 'order.confirmed.v1' | 'order.cancelled.v1'): number =>
      this.events.reduce(
        (sum, event) =>
          event.type === type && 'lines' in event.data
            ? sum + event.data.lines.reduce((all, line) => all + ('revenue' in line ? line.revenue.amount : 0), 0)
            : sum,
        0,
      );
    return of('order.confirmed.v1') - of('order.cancelled.v1');
  }
}

/** Ships the parcels and cancels what they left. */
function partlySold(terms: Terms, parcels: readonly Units[]): Sale {
  const sale = new Sale(terms);
  for (const parcel of parcels) sale.ship(parcel);
  if (SKUS.some((sku) => sale.shipped[sku] < LINES[sku][1])) sale.do(commands.requestCancellation, commands.cancel);
  return sale;
}

const partsIn = (event: OrderEvent): readonly LinePart[] =>
  event.type === 'order.shipment-created.v1' || event.type === 'order.cancellation-requested.v1'
    ? event.data.lines
    : [];

describe('an order that ships in parts and is cancelled for the rest', () => {
  it('costs what shipped with its tax and the shipping, to the unit, by every rounding and in every currency', () => {
    fc.assert(
      fc.property(anyTerms, anyParcels, (terms, parcels) => {
        const sale = partlySold(terms, parcels);
        expect(sale.captured()).toBe(dueFor(sale.shipped, terms));
      }),
    );
  });

  it('has every part of every line recorded with its amounts, which add up to the line', () => {
    fc.assert(
      fc.property(anyTerms, anyParcels, (terms, parcels) => {
        const sale = partlySold(terms, parcels);
        if (sale.state.status === 'none') throw new Error('there is no order');
        const parts = sale.events.flatMap(partsIn);
        for (const { lineId, quantity, net, gross } of sale.state.order.lines) {
          const ofLine = parts.filter((part) => part.lineId === lineId);
          const sum = (amountOf: (part: LinePart) => number) => ofLine.reduce((all, part) => all + amountOf(part), 0);
          expect([
            sum((part) => part.quantity),
            sum((part) => part.net.amount),
            sum((part) => part.gross.amount),
          ]).toEqual([quantity, net.amount, gross.amount]);
          for (const part of ofLine) expect(part.gross.amount).toBe(part.net.amount + part.tax.amount);
        }
      }),
    );
  });

  it('is in a report with what shipped without its tax, to the unit', () => {
    fc.assert(
      fc.property(anyTerms, anyParcels, (terms, parcels) => {
        const sale = partlySold(terms, parcels);
        expect(sale.revenue()).toBe(revenueOf(sale.shipped, terms));
      }),
    );
  });

  it('is refunded in three parts to the last unit, and not one more', () => {
    fc.assert(
      fc.property(anyTerms, anyParcels, fc.nat({ max: 1_000 }), (terms, parcels, share) => {
        const sale = partlySold(terms, parcels);
        const captured = sale.captured();
        fc.pre(captured > 2);
        const first = 1 + Math.floor(((captured - 3) * share) / 1_000);
        sale.refund('r1', captured, first);
        sale.refund('r2', captured, 1);
        sale.refund('r3', captured);
        const refunds = sale.events.flatMap((event) => {
          return event.type === 'order.refund-requested.v1' ? [event.data.amount.amount] : [];
        });
        expect(refunds.reduce((sum, amount) => sum + amount, 0)).toBe(captured);
        expect(() => sale.refund('r4', captured, 1)).toThrow('PAYMENT.REFUND_EXCEEDS_CAPTURED');
      }),
    );
  });

  it('has the same figures as were reckoned by hand', () => {
    const terms: Terms = { rounding: 'half-even', level: 'line', included: true, currency: 'EUR' };
    const sale = partlySold(terms, [
      { LOT: 1, ODD: 2, ONE: 0 },
      { LOT: 1, ODD: 0, ONE: 0 },
      { LOT: 0, ODD: 3, ONE: 0 },
    ]);
    // 2 × 333 and 5 × 101 hold 128.90 and 97.74 of tax: 129 and 98.
    expect([sale.captured(), sale.revenue()]).toEqual([666 + 505 + 290, 666 - 129 + 505 - 98]);
  });
});
