import fc from 'fast-check';
import { defaultPricingPolicy, namedPricingPolicies, parsePricingPolicy } from './index.js';
import { anyPolicy } from './test-support/pricing-examples.js';

function problemsOf(json: unknown): readonly string[] {
  const reading = parsePricingPolicy(json);
  return reading.valid ? [] : reading.problems.map(({ path, message }) => `${path}: ${message}`);
}
const rate = { name: 'VAT', rate: '0.19', included: true };
const zone = { countries: ['DE'], rates: [rate] };
const method = { id: 's', name: 'S', rates: [{ price: 0 }] };
const withZone = (changes: object) => ({ ...defaultPricingPolicy, taxZones: [{ ...zone, ...changes }] });
const withRow = (row: object) => ({ ...defaultPricingPolicy, shippingMethods: [{ ...method, rates: [row] }] });

describe('a pricing policy file', () => {
  it.each(Object.values(namedPricingPolicies))('reads the named policy $name as it is', (policy) => {
    expect(namedPricingPolicies[policy.name]).toBe(policy);
    expect(parsePricingPolicy(JSON.parse(JSON.stringify(policy)))).toEqual({ valid: true, policy });
  });

  it('reads every policy that can be', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        const names = policy.taxZones.flatMap(({ rates }) => rates.map(({ name }) => name));
        fc.pre(names.length > 0 && new Set(names).size === names.length);
        expect(parsePricingPolicy(policy)).toEqual({ valid: true, policy });
      }),
    );
  });

  it('reads the names of zones and the tax classes of rates', () => {
    const policy = withZone({ name: 'Germany', rates: [rate, { ...rate, taxClass: 'food', rate: '0.07' }] });
    expect(parsePricingPolicy(policy)).toEqual({ valid: true, policy });
  });

  it.each<[string, unknown, string]>([
    ['is no object', [], ': has to be an object'],
    ['is null', null, ': has to be an object'],
    ['has a member that nobody knows', { ...defaultPricingPolicy, tax: 1 }, 'tax: is not known'],
    [
      'has a blank tax class',
      withZone({ rates: [{ ...rate, taxClass: '' }] }),
      'taxZones[0].rates[0].taxClass: has to be a text',
    ],
    ['has a blank name of a zone', withZone({ name: ' ' }), 'taxZones[0].name: has to be a text'],
    ['has a blank name', { ...defaultPricingPolicy, name: ' ' }, 'name: has to be a text'],
    [
      'rounds in its own way',
      { ...defaultPricingPolicy, rounding: 'up' },
      'rounding: has to be one of half-even, half-up',
    ],
    ['rounds elsewhere', { ...defaultPricingPolicy, level: 'cart' }, 'level: has to be one of line, unit'],
    ['says yes', { ...defaultPricingPolicy, taxShipping: 'yes' }, 'taxShipping: has to be true or false'],
    ['has zones that are no list', { ...defaultPricingPolicy, taxZones: {} }, 'taxZones: has to be a list'],
    [
      'has no method',
      { ...defaultPricingPolicy, shippingMethods: [] },
      'shippingMethods: has to be a list with something in it',
    ],
    [
      'has a method twice',
      { ...defaultPricingPolicy, shippingMethods: [method, method] },
      'shippingMethods: names something twice',
    ],
    [
      'has a country in lower case',
      withZone({ countries: ['DE', 'de'] }),
      'taxZones[0].countries[1]: has to be an ISO 3166-1 alpha-2 code',
    ],
    [
      'has a country of three letters',
      withZone({ countries: ['DEU'] }),
      'taxZones[0].countries[0]: has to be an ISO 3166-1 alpha-2 code',
    ],
    ['has a blank region', withZone({ regions: [''] }), 'taxZones[0].regions[0]: has to be a text'],
    [
      'has a region that its countries do not have',
      withZone({ countries: ['US', 'CA'], regions: ['IL', 'ILL'] }),
      'taxZones[0].regions[1]: has to be a subdivision of US or CA (ISO 3166-2), or *',
    ],
    ['has a zone that is a text', { ...defaultPricingPolicy, taxZones: ['DE'] }, 'taxZones[0]: has to be an object'],
    [
      'has a rate as a number',
      withZone({ rates: [{ ...rate, rate: 0.19 }] }),
      'taxZones[0].rates[0].rate: has to be a decimal fraction as text, such as "0.19"',
    ],
    ['has a rate twice', withZone({ rates: [rate, rate] }), 'taxZones[0].rates: names something twice'],
    [
      'has a price with a fraction',
      withRow({ price: 4.9 }),
      'shippingMethods[0].rates[0].price: has to be a whole number of minor units, 0 or more',
    ],
    [
      'has a limit below zero',
      withRow({ price: 1, currency: 'EUR', subtotalFrom: -1 }),
      'shippingMethods[0].rates[0].subtotalFrom: has to be a whole number of minor units, 0 or more',
    ],
    [
      'has a price in no currency',
      withRow({ price: 1 }),
      'shippingMethods[0].rates[0].currency: has to name the ISO 4217 currency of the amounts',
    ],
    [
      'has a least subtotal in no currency',
      withRow({ price: 0, subtotalFrom: 5000 }),
      'shippingMethods[0].rates[0].currency: has to name the ISO 4217 currency of the amounts',
    ],
    [
      'has a currency that is none',
      withRow({ price: 1, currency: 'QQQ' }),
      'shippingMethods[0].rates[0].currency: has to be an ISO 4217 code',
    ],
  ])('is refused when it %s', (_, json, problem) => {
    expect(problemsOf(json)).toContain(problem);
  });

  it('is told of one mistake once', () => {
    expect(problemsOf(withZone({ regions: [''] }))).toEqual(['taxZones[0].regions[0]: has to be a text']);
    const blank = { ...rate, name: '' };
    expect(problemsOf(withZone({ rates: [blank, blank] }))).toEqual([
      'taxZones[0].rates[0].name: has to be a text',
      'taxZones[0].rates[1].name: has to be a text',
    ]);
  });

  it('reads a region however it is spelt', () => {
    const spelt = ['US-IL', 'new york', 'ca', 'IL', '*'];
    expect(parsePricingPolicy(withZone({ countries: ['US'], regions: spelt }))).toMatchObject({
      valid: true,
      policy: { taxZones: [{ regions: ['IL', 'NY', 'CA', '*'] }] },
    });
  });

  it('reads every condition of a shipping rate', () => {
    const row = { countries: ['DE'], subtotalFrom: 5000, currency: 'EUR', price: 0 };
    expect(parsePricingPolicy(withRow(row))).toEqual({ valid: true, policy: withRow(row) });
  });

  it('is told all of its problems at once, each under its path', () => {
    expect(problemsOf({ ...withZone({ countries: [], rates: [{}] }), name: 7 })).toEqual([
      'name: has to be a text',
      'taxZones[0].rates[0].name: has to be a text',
      'taxZones[0].rates[0].rate: has to be a decimal fraction as text, such as "0.19"',
      'taxZones[0].rates[0].included: has to be true or false',
      'taxZones[0].countries: has to be a list with something in it',
    ]);
  });
});
