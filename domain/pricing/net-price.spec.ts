import fc from 'fast-check';
import type { AppliedTax, PricingBasis } from './policy.js';
import { netPrice } from './net-price.js';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const basis = (level: PricingBasis['level'] = 'line'): PricingBasis => ({ policy: 'x', rounding: 'half-even', level });
const rate = (text: string, included: boolean): AppliedTax => ({
  name: text,
  rate: text,
  included,
  net: eur(0),
  tax: eur(0),
  gross: eur(0),
});

describe('the net price of a line', () => {
  it('is its price where no tax is contained', () => {
    const taxes = [rate('0.19', false)];
    expect(netPrice({ unitPrice: eur(119), quantity: 3 }, { taxes, pricing: basis() })).toEqual(eur(357));
  });

  it('leaves out the tax that is contained', () => {
    const taxes = [rate('0.19', true), rate('0.02', false)];
    expect(netPrice({ unitPrice: eur(119), quantity: 3 }, { taxes, pricing: basis() })).toEqual(eur(300));
  });

  it('rounds as the order was rounded', () => {
    const taxes = [rate('0.19', true)];
    const line = { unitPrice: eur(10), quantity: 7 };
    expect(netPrice(line, { taxes, pricing: basis('line') })).toEqual(eur(59));
    expect(netPrice(line, { taxes, pricing: basis('unit') })).toEqual(eur(56));
  });

  it('never falls below nothing and never exceeds the price', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(1_000), (amount, quantity) => {
        const net = netPrice({ unitPrice: eur(amount), quantity }, { taxes: [rate('0.25', true)], pricing: basis() });
        expect(net.amount).toBeGreaterThanOrEqual(0);
        expect(net.amount).toBeLessThanOrEqual(amount * quantity);
      }),
    );
  });
});
