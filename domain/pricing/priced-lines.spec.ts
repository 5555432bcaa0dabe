import fc from 'fast-check';
import type { Money } from '../shared/index.js';
import { defaultBasis } from '../shared/test-support/index.js';
import { defaultPricingPolicy } from './index.js';
import type { Destination, PricingPolicy } from './index.js';
import {
  amountOff,
  anyLines,
  anyOffers,
  anyPolicy,
  eur,
  germany,
  line,
  price,
  taxing,
  vat,
} from './test-support/pricing-examples.js';

describe('the tax class of a line', () => {
  const grocer = taxing([
    vat('0.19', true),
    { ...vat('0.07', true), taxClass: 'food' },
    { ...vat('0', true), taxClass: 'zero' },
  ]);

  it('has the rates that the zone names for it', () => {
    const lines = [
      line('POT', 1190, 1),
      line('TEA', 1070, 1, { taxClass: 'food' }),
      line('CARD', 500, 1, { taxClass: 'zero' }),
    ];
    const { lines: priced, taxes, totals } = price(grocer, lines);
    expect(priced).toMatchObject([
      { net: eur(1000), gross: eur(1190), taxes: [{ rate: '0.19', amount: eur(190) }] },
      { net: eur(1000), gross: eur(1070), taxes: [{ rate: '0.07', amount: eur(70) }] },
      { net: eur(500), gross: eur(500), taxes: [{ rate: '0', amount: eur(0) }] },
    ]);
    expect(taxes).toMatchObject([
      { rate: '0.19', base: eur(1000), amount: eur(190) },
      { rate: '0.07', base: eur(1000), amount: eur(70) },
      { rate: '0', base: eur(500), amount: eur(0) },
    ]);
    expect(totals).toMatchObject({ taxIncluded: eur(260), net: eur(2500), total: eur(2760) });
  });

  it('that the zone does not name is taxed as standard', () => {
    expect(price(grocer, [line('A', 119, 1, { taxClass: 'books' })]).totals.taxIncluded).toEqual(eur(19));
  });

  it('is standard for shipping, whatever is shipped', () => {
    const shippingMethods = [{ id: 's', name: 's', rates: [{ currency: 'EUR', price: 119 }] }];
    const policy = { ...grocer, taxShipping: true, shippingMethods };
    const { shipping, taxes } = price(policy, [line('TEA', 107, 1, { taxClass: 'food' })]);
    expect(shipping).toMatchObject({ net: eur(100), gross: eur(119) });
    expect(taxes).toMatchObject([
      { rate: '0.07', amount: eur(7) },
      { rate: '0.19', amount: eur(19) },
    ]);
  });
});

describe('a discount', () => {
  it('lowers what is taxed', () => {
    const offers = [amountOff('A', 15, 'sale'), amountOff('A', 9, 'thanks')];
    const { lines, totals } = price(taxing([vat('0.2', false)]), [line('A', 108, 3)], { offers });
    expect(lines).toMatchObject([{ discount: eur(24), net: eur(300), gross: eur(360) }]);
    expect(totals).toMatchObject({ subtotal: eur(324), discount: eur(24), tax: eur(60), total: eur(360) });
  });

  it('is spread over the units where each is taxed', () => {
    const offers = [amountOff('A', 7)];
    const { lines } = price(taxing([vat('0.19', false)], { level: 'unit' }), [line('A', 108, 3)], { offers });
    // 105 bears 19.95 → 20, 106 bears 20.14 → 20.
    expect(lines).toMatchObject([{ net: eur(317), taxes: [{ amount: eur(60) }] }]);
  });
});

describe('a price', () => {
  it('contains tax where one of its rates is in it', () => {
    const includes = (...rates: Parameters<typeof taxing>[0]) =>
      price(taxing(rates), [line('A', 100, 1)]).lines[0]?.priceIncludesTax;
    expect(includes(vat('0.19', true))).toBe(true);
    expect(includes(vat('0.19', true), vat('0.05', false))).toBe(true);
    expect(includes(vat('0.19', false))).toBe(false);
    expect(includes()).toBe(false);
  });
});

describe('what an order says of how it was priced', () => {
  const zone = { countries: ['US'], regions: ['IL', 'NM'], rates: [vat('0.1', false)] };
  const pricedAt = (policy: PricingPolicy, to: Destination) => price(policy, [line('A', 100, 1)], { to });

  it('is the zone, by its name or by what it covers, and none where no zone names the place', () => {
    const states = taxing([], { taxZones: [zone] });
    expect(pricedAt(states, { country: 'US', region: 'Illinois' }).basis.zone).toBe('US-IL,NM');
    expect(pricedAt(states, { country: 'US', region: 'OR' }).basis.zone).toBeNull();
    const named = taxing([], { taxZones: [{ ...zone, name: 'Nexus' }] });
    expect(pricedAt(named, { country: 'US', region: 'IL' }).basis.zone).toBe('Nexus');
    expect(pricedAt(taxing([]), germany).basis.zone).toBe('DE');
  });

  it('is the country, and the region where it is a known one, however it is spelt', () => {
    const to = (country: string, region: string) => pricedAt(taxing([]), { country, region }).destination;
    expect(to('US', ' illinois')).toEqual({ country: 'US', region: 'IL' });
    expect(to('US', 'Anns House, 2nd door')).toEqual({ country: 'US' });
  });

  it('is a hash that tells policies of one name apart, and is one for the same policy', () => {
    const hashOf = (policy: PricingPolicy) => pricedAt(policy, germany).basis.hash;
    const { name, ...others } = taxing([vat('0.19', true)]);
    expect(hashOf({ ...others, name })).toBe(hashOf({ name, ...others }));
    expect(hashOf({ ...others, name, rounding: 'half-up' })).not.toBe(hashOf({ name, ...others }));
  });

  it('is the hash that the policy had in earlier orders', () => {
    expect(pricedAt({ ...defaultPricingPolicy }, germany).basis).toEqual(defaultBasis);
  });
});

const amountsOf = (all: readonly Money[]): number => all.reduce((sum, { amount }) => sum + amount, 0);

describe('the law of totals', () => {
  it('holds for every cart and policy', () => {
    fc.assert(
      fc.property(anyLines, anyPolicy, anyOffers, (lines, policy, offers) => {
        const { lines: priced, shipping, totals, taxes } = price(policy, lines, { offers });
        const all = [...priced, shipping];
        expect(totals.subtotal.amount).toBe(amountsOf(priced.map(({ lineTotal }) => lineTotal)));
        expect(totals.discount.amount).toBe(
          amountsOf(all.flatMap((each) => each.discounts.map(({ amount }) => amount))),
        );
        expect(totals.net.amount).toBe(amountsOf(all.map(({ net }) => net)));
        expect(totals.total.amount).toBe(amountsOf(all.map(({ gross }) => gross)));
        const { subtotal, discount, tax, taxIncluded, net, total } = totals;
        expect(total.amount).toBe(subtotal.amount - discount.amount + totals.shipping.amount + tax.amount);
        expect(total.amount).toBe(net.amount + tax.amount + taxIncluded.amount);
        for (const part of [all.flatMap((each) => each.taxes), taxes]) {
          const sum = (included: boolean) =>
            amountsOf(part.filter((one) => one.included === included).map(({ amount }) => amount));
          expect([sum(false), sum(true)]).toEqual([tax.amount, taxIncluded.amount]);
        }
      }),
    );
  });

  it('holds for every line and for shipping', () => {
    fc.assert(
      fc.property(anyLines, anyPolicy, anyOffers, (lines, policy, offers) => {
        const { lines: priced, shipping } = price(policy, lines, { offers });
        const prices = [...priced.map((each) => [each.lineTotal, each] as const), [shipping.price, shipping] as const];
        for (const [asked, { discount, taxes, net, gross }] of prices) {
          const sum = (included: boolean) =>
            amountsOf(taxes.filter((one) => one.included === included).map(({ amount }) => amount));
          expect(asked.amount - discount.amount).toBe(net.amount + sum(true));
          expect(gross.amount).toBe(net.amount + sum(true) + sum(false));
          for (const { base, amount } of taxes) {
            expect(base).toEqual(net);
            expect(amount.amount).toBeGreaterThanOrEqual(0);
          }
        }
      }),
    );
  });

  it('leaves the order of the lines without a say', () => {
    fc.assert(
      fc.property(anyLines, anyPolicy, anyOffers, (lines, policy, offers) => {
        const [back, forth] = [price(policy, lines.toReversed(), { offers }), price(policy, lines, { offers })];
        expect({ ...back, lines: back.lines.toReversed(), taxes: new Set(back.taxes) }).toEqual({
          ...forth,
          taxes: new Set(forth.taxes),
        });
      }),
    );
  });
});
