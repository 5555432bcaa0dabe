import fc from 'fast-check';
import { soldLine, takenBack } from './lines.js';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const taxed = (level: 'line' | 'unit') => ({
  taxes: [{ name: 'VAT', rate: '0.19', included: true, net: eur(0), tax: eur(0), gross: eur(0) }],
  pricing: { policy: 'eu', rounding: 'half-even' as const, level },
});
const lineOf = (amount: number, quantity: number) => ({
  sku: 'TEA',
  name: 'Tea',
  quantity,
  unitPrice: eur(amount),
  lineTotal: eur(amount * quantity),
  categories: ['food', 'tea'],
});

describe('the lines that a report counts', () => {
  it('are without the tax that their prices contain', () => {
    expect(soldLine(taxed('line'), lineOf(119, 3), 3)).toEqual({
      sku: 'TEA',
      quantity: 3,
      revenue: eur(300),
      category: 'tea',
    });
  });

  it('add up again when a part of a line is taken back, whatever the rounding', () => {
    const parts = fc.record({
      amount: fc.nat(100_000),
      kept: fc.nat(50),
      taken: fc.nat(50),
      level: fc.constantFrom('line', 'unit'),
    });
    fc.assert(
      fc.property(parts, ({ amount, kept, taken, level }) => {
        const order = taxed(level as 'line' | 'unit');
        const line = lineOf(amount, kept + taken);
        const whole = soldLine(order, line, kept + taken).revenue.amount;
        const stays = soldLine(order, line, kept).revenue.amount;
        expect(stays + takenBack(order, line, taken).revenue.amount).toBe(whole);
      }),
    );
  });
});
