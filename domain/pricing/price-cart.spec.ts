import { cartTotals, defaultPricingPolicy, namedPricingPolicies, priceCart } from './index.js';
import type { Destination, PricingPolicy } from './index.js';
import { eur, germany, line, taxing, vat } from './test-support/pricing-examples.js';
import type { Line } from './test-support/pricing-examples.js';

const euVat = namedPricingPolicies['eu-vat'] ?? defaultPricingPolicy;

interface Options {
  readonly to?: Destination;
  readonly method?: string;
}
const outcome = (policy: PricingPolicy, lines: readonly Line[], { to = germany, method }: Options = {}) =>
  priceCart(lines, to, {
    policy,
    currency: 'EUR',
    ...(method === undefined ? {} : { shippingMethod: method }),
  });
function price(policy: PricingPolicy, lines: readonly Line[], options?: Options) {
  const result = outcome(policy, lines, options);
  if (!result.accepted) throw new Error(result.refusal.code);
  return result;
}

describe('the default policy', () => {
  it('adds the lines up, ships free and takes no tax', () => {
    const untaxed = { discounts: [], discount: eur(0), taxes: [], priceIncludesTax: false };
    const [a, b] = [line('A', 199, 2), line('B', 1, 1)];
    expect(price(defaultPricingPolicy, [a, b])).toEqual({
      accepted: true,
      promotions: { promotions: [], outcomes: [], hints: [], failures: [] },
      lines: [
        { ...a, ...untaxed, net: eur(398), gross: eur(398) },
        { ...b, ...untaxed, net: eur(1), gross: eur(1) },
      ],
      shipping: {
        method: 'standard',
        name: 'Standard shipping',
        price: eur(0),
        discounts: [],
        discount: eur(0),
        taxes: [],
        net: eur(0),
        gross: eur(0),
        cheapest: eur(0),
      },
      totals: {
        subtotal: eur(399),
        discount: eur(0),
        shipping: eur(0),
        tax: eur(0),
        taxIncluded: eur(0),
        net: eur(399),
        total: eur(399),
      },
      taxes: [],
      basis: {
        policy: 'default',
        hash: expect.stringMatching(/^[0-9a-f]{16}$/),
        rounding: 'half-even',
        level: 'line',
        zone: null,
      },
      destination: { country: 'DE' },
    });
  });
});

describe('the tax on 3 × 1.08 at 19 %', () => {
  const lines = [line('A', 108, 3)];

  it.each([
    ['line', 386],
    ['unit', 387],
  ] as const)('on top, rounded by %s, makes a total of %i', (level, total) => {
    const { totals, taxes, basis } = price(taxing([vat('0.19', false)], { level }), lines);
    expect(totals).toMatchObject({ tax: eur(total - 324), taxIncluded: eur(0), total: eur(total) });
    expect(taxes).toEqual([
      { name: 'VAT 0.19', rate: '0.19', included: false, base: eur(324), amount: eur(total - 324) },
    ]);
    expect(basis.level).toBe(level);
  });

  it.each([
    ['line', 52],
    ['unit', 51],
  ] as const)('contained in the prices, rounded by %s, is %i', (level, tax) => {
    const { totals, taxes } = price(taxing([vat('0.19', true)], { level }), lines);
    expect(totals).toMatchObject({ tax: eur(0), taxIncluded: eur(tax), total: eur(324) });
    expect(totals.net).toEqual(eur(324 - tax));
    expect(taxes).toMatchObject([{ base: eur(324 - tax), amount: eur(tax) }]);
  });
});

describe('tax', () => {
  it.each([
    ['half-even', 50, 2],
    ['half-even', 150, 8],
    ['half-up', 50, 3],
  ] as const)('is rounded %s: 5 %% of %i is %i', (rounding, amount, tax) => {
    expect(price(taxing([vat('0.05', false)], { rounding }), [line('A', amount, 1)]).totals.tax).toEqual(eur(tax));
  });

  it('is none where no zone matches', () => {
    const policy = taxing([vat('0.19', false)]);
    expect(price(policy, [line('A', 100, 1)], { to: { country: 'CH' } })).toMatchObject({
      taxes: [],
      totals: { tax: eur(0), total: eur(100) },
    });
  });

  it('is that of the first zone that matches', () => {
    const policy = taxing([], {
      taxZones: [
        { countries: ['US'], regions: ['CA', 'NY'], rates: [vat('0.10', false)] },
        { countries: ['US', 'PR'], rates: [vat('0.01', false)] },
        { countries: ['US'], rates: [vat('0.99', false)] },
      ],
    });
    const tax = (to: Destination) => price(policy, [line('A', 1000, 1)], { to }).totals.tax.amount;
    expect([tax({ country: 'US', region: 'CA' }), tax({ country: 'US', region: 'ny' })]).toEqual([100, 100]);
    expect([tax({ country: 'US', region: 'TX' }), tax({ country: 'PR' })]).toEqual([10, 10]);
  });

  const illinois: PricingPolicy = taxing([], {
    taxZones: [{ countries: ['US'], regions: ['IL', 'NM'], rates: [vat('0.10', false)] }],
  });
  const inStates = (region?: string) =>
    outcome(illinois, [line('A', 1000, 1)], { to: { country: 'US', ...(region === undefined ? {} : { region }) } });

  it.each(['IL', 'il', ' IL ', 'US-IL', 'us-il', 'Illinois', ' ILLINOIS', 'new mexico', 'New-Mexico'])(
    'is taken in a region however it is spelt: %j',
    (region) => {
      expect(inStates(region)).toMatchObject({ accepted: true, totals: { tax: eur(100) } });
    },
  );

  it('is none in a region that is known and in no zone', () => {
    expect(inStates('OR')).toMatchObject({ accepted: true, taxes: [], totals: { tax: eur(0) } });
  });

  it.each(['ILL', 'ÎL', 'CA-IL', 'US-', 'Bavaria', '*', 'constructor', ' ', undefined])(
    'is refused, and never silently none, where zones go by region and this is none: %j',
    (region) => {
      expect(inStates(region)).toMatchObject({ accepted: false, refusal: { code: 'ADDRESS.UNKNOWN_REGION' } });
    },
  );

  it('is that of an explicit zone for every region where the region is none', () => {
    const elsewhere = { countries: ['US'], regions: ['*'], rates: [vat('0.05', false)] };
    const policy = { ...illinois, taxZones: [...illinois.taxZones, elsewhere] };
    const tax = (region: string) => price(policy, [line('A', 1000, 1)], { to: { country: 'US', region } }).totals.tax;
    expect([tax('IL'), tax('OR'), tax('ILL')]).toEqual([eur(100), eur(50), eur(50)]);
  });

  it('needs no region where no zone of the country goes by region', () => {
    expect(
      price(taxing([vat('0.2', false)]), [line('A', 100, 1)], { to: { country: 'DE', region: 'anywhere' } }),
    ).toMatchObject({ totals: { tax: eur(20) } });
  });

  it('of several rates is stated for each of them', () => {
    const { totals, taxes } = price(euVat, [line('A', 10_000, 1)], { to: { country: 'CA', region: 'QC' } });
    expect(taxes).toMatchObject([
      { name: 'GST', base: eur(11_490), amount: eur(500 + 74) },
      { name: 'QST', base: eur(11_490), amount: eur(998 + 149) },
    ]);
    expect(totals).toMatchObject({ shipping: eur(1490), tax: eur(1721), total: eur(13_211) });
  });

  it('that several rates have contained in a price is spread over them by largest remainder', () => {
    const { taxes } = price(taxing([vat('0.05', true), vat('0.1', true)]), [line('A', 99, 1)]);
    // 99 × 0.15 / 1.15 = 12.91 → 13, of which a third is 4.33 and two thirds are 8.67
    expect(taxes).toMatchObject([
      { base: eur(86), amount: eur(4) },
      { base: eur(86), amount: eur(9) },
    ]);
  });

  it('on top of prices that contain another is taken of what is left without it', () => {
    const { totals } = price(taxing([vat('0.25', true), vat('0.1', false)]), [line('A', 1250, 1)]);
    expect(totals).toMatchObject({ taxIncluded: eur(250), tax: eur(100), total: eur(1350) });
  });

  it('at a rate of zero is stated as such', () => {
    expect(price(taxing([vat('0', true)]), [line('A', 100, 1)]).taxes).toMatchObject([
      { base: eur(100), amount: eur(0) },
    ]);
  });

  it('is taken on shipping where the policy says so', () => {
    const shippingMethods = [{ id: 's', name: 's', rates: [{ price: 500 }] }];
    const tax = (taxShipping: boolean) =>
      price(taxing([vat('0.2', false)], { taxShipping, shippingMethods }), [line('A', 1000, 1)]);
    expect(tax(true).totals).toMatchObject({ tax: eur(300), total: eur(1800) });
    expect(tax(true).shipping).toMatchObject({ net: eur(500), gross: eur(600), cheapest: eur(600) });
    expect(tax(false).totals).toMatchObject({ tax: eur(200), total: eur(1700) });
  });
});

describe('shipping', () => {
  it('is priced by the method asked for, else by the first on offer', () => {
    const lines = [line('A', 4999, 1)];
    expect(price(euVat, lines)).toMatchObject({ shipping: { method: 'standard' }, totals: { shipping: eur(490) } });
    expect(price(euVat, lines, { method: 'express' })).toMatchObject({
      shipping: { method: 'express', price: eur(1290), cheapest: eur(490) },
      totals: { shipping: eur(1290), total: eur(6289) },
    });
    expect(price(euVat, [line('A', 5000, 1)]).totals.shipping).toEqual(eur(0));
  });

  it.each([
    ['unknown', germany],
    ['express', { country: 'US', region: 'CA' }],
  ])('by a method that is not on offer there is refused: %s to %j', (method, to) => {
    const result = outcome(euVat, [line('A', 1, 1)], { to, method });
    expect(result).toMatchObject({ accepted: false, refusal: { code: 'SHIPPING.UNKNOWN_METHOD' } });
  });

  it('falls to the next method where the first is not on offer, and is refused where none is', () => {
    const policy = taxing([], {
      shippingMethods: [
        { id: 'bike', name: 'Bike', rates: [{ countries: ['NL'], price: 1 }] },
        { id: 'van', name: 'Van', rates: [{ countries: ['DE'], price: 2 }] },
      ],
    });
    expect(price(policy, [line('A', 1, 1)])).toMatchObject({ shipping: { method: 'van' } });
    expect(outcome(policy, [line('A', 1, 1)], { to: { country: 'US' } })).toMatchObject({
      refusal: { code: 'SHIPPING.NO_METHOD' },
    });
  });

  it.each(['JPY', 'KWD'])('with amounts in other currencies has nothing on offer for a cart in %s', (currency) => {
    const free = { id: 'pickup', name: 'Pickup', rates: [{ price: 0 }] };
    for (const policy of [euVat, { ...euVat, shippingMethods: [...euVat.shippingMethods, free] }]) {
      for (const method of ['standard', 'pickup', undefined]) {
        const money = { amount: 5000, currency };
        const terms = { policy, currency, ...(method === undefined ? {} : { shippingMethod: method }) };
        const lines = [line('A', 5000, 1, { unitPrice: money, lineTotal: money })];
        const result = priceCart(lines, germany, terms);
        expect(result).toMatchObject({ accepted: false, refusal: { code: 'SHIPPING.NO_METHOD' } });
      }
    }
  });
});

describe('an empty cart', () => {
  it('is all zero, whatever shipping would cost', () => {
    const none = { discounts: [], discount: eur(0), taxes: [], net: eur(0), gross: eur(0) };
    const { subtotal, ...totals } = cartTotals(eur(0));
    expect([subtotal, ...Object.values(totals)]).toEqual(Array.from({ length: 7 }, () => eur(0)));
    expect(price(euVat, [], { method: 'express' })).toMatchObject({
      taxes: [],
      shipping: { method: 'express', price: eur(0), ...none, cheapest: eur(0) },
    });
    expect(price(euVat, [])).toMatchObject({
      totals: { subtotal, ...totals },
      basis: { policy: 'eu-vat', zone: null },
    });
    expect(price(euVat, [])).toMatchObject({ lines: [], promotions: { promotions: [], outcomes: [], hints: [] } });
    expect(price(euVat, []).destination).toEqual({ country: 'DE' });
  });

  it('has no unknown method either', () => {
    expect(outcome(euVat, [], { method: 'mule' })).toMatchObject({ refusal: { code: 'SHIPPING.UNKNOWN_METHOD' } });
  });
});

describe('a total that cannot be counted exactly', () => {
  const most = Number.MAX_SAFE_INTEGER;
  const shippingMethods = [{ id: 's', name: 's', rates: [{ price: 1 }] }];
  it.each<[string, PricingPolicy, number[]]>([
    ['by the lines', defaultPricingPolicy, [most, 1]],
    ['by tax', taxing([vat('0.19', false)]), [most - 100]],
    ['by shipping', taxing([], { shippingMethods }), [most]],
  ])('is refused: too large %s', (_, policy, prices) => {
    const lines = prices.map((each, index) => line(`S${index}`, each, 1));
    expect(outcome(policy, lines)).toMatchObject({ accepted: false, refusal: { code: 'CART.TOTAL_TOO_LARGE' } });
  });

  it('is the first one beyond: the largest itself is fine', () => {
    expect(price(defaultPricingPolicy, [line('A', most, 1)]).totals.total.amount).toBe(most);
  });
});
