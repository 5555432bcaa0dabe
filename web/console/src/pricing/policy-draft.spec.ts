import { percentOf, rateOf } from './percent.js';
import { policyDraft, readPolicy, type Policy } from './policy-draft.js';

const policy: Policy = {
  name: 'shop-eu',
  rounding: 'half-even',
  level: 'unit',
  taxShipping: true,
  taxZones: [
    { countries: ['DE'], rates: [{ name: 'MwSt', rate: '0.19', included: true, taxClass: 'food' }] },
    { name: 'Illinois', countries: ['US'], regions: ['IL'], rates: [{ name: 'Tax', rate: '0.0625', included: false }] },
  ],
  shippingMethods: [
    {
      id: 'standard',
      name: 'Standard',
      rates: [{ currency: 'EUR', subtotalFrom: 5000, price: 0 }, { currency: 'JPY', price: 495 }, { price: 0 }],
    },
  ],
};

describe('a pricing policy that is typed', () => {
  it('is the one that it was made of where nothing was typed', () => {
    expect(readPolicy(policyDraft(policy))).toEqual({ body: policy, misfits: [] });
  });

  it('has percentages, exactly', () => {
    expect(['0.19', '0.0625', '0', '1', '0.00001'].map(percentOf)).toEqual(['19', '6.25', '0', '100', '0.001']);
    expect(['19', '6,25 %', '0', '100', '0.001', '8.10'].map(rateOf)).toEqual([
      '0.19',
      '0.0625',
      '0',
      '1',
      '0.00001',
      '0.081',
    ]);
    expect(rateOf('a lot')).toBe('a lot');
  });

  it('tells where an amount is none of its currency', () => {
    const draft = policyDraft(policy);
    const [method] = draft.shippingMethods;
    if (method?.rates[1] !== undefined) method.rates[1].price = '4.95';
    expect(readPolicy(draft).misfits.map(({ path }) => path)).toEqual(['shippingMethods.0.rates.1.price']);
  });
});
