import { priceCart } from './index.js';
import type { Destination } from './index.js';
import { eur, line, taxing, vat } from './test-support/pricing-examples.js';

/** Ten percent in the regions; where it is given, another rate for the rest of the country. */
function at(country: string, regions: readonly string[], rest?: string) {
  const named = { name: 'named', countries: [country], regions, rates: [vat('0.1', false)] };
  const others = rest === undefined ? [] : [{ name: 'rest', countries: [country], rates: [vat(rest, false)] }];
  const policy = taxing([], { taxZones: [named, ...others] });
  return (region?: string) => {
    const destination: Destination = { country, ...(region === undefined ? {} : { region }) };
    return priceCart([line('A', 1000, 1)], destination, { policy, currency: 'EUR' });
  };
}

describe('a region by name', () => {
  it.each(['São Paulo', 'sao paulo', ' SÃO  PAULO '])('is the same with and without accents and blanks: %j', (name) => {
    expect(at('BR', ['SP'])(name)).toMatchObject({ destination: { region: 'SP' }, totals: { tax: eur(100) } });
  });

  it('is known without what the list of regions says of it in brackets', () => {
    for (const name of ['Sofia', 'Sofia (stolitsa)'])
      expect(at('BG', ['22'])(name)).toMatchObject({ destination: { region: '22' }, totals: { tax: eur(100) } });
  });

  it('that a community and its province share is the one that the zone names, else the first', () => {
    for (const code of ['CB', 'S'])
      expect(at('ES', [code])('Cantabria')).toMatchObject({ destination: { region: code }, totals: { tax: eur(100) } });
    expect(at('ES', ['MD'])('Cantabria')).toMatchObject({ destination: { region: 'CB' }, totals: { tax: eur(0) } });
  });
});

describe('the rest of a country whose regions are taxed apart', () => {
  const inStates = at('US', ['IL'], '0.02');

  it('is taxed by the zone that names no regions', () => {
    expect(inStates('TX')).toMatchObject({ basis: { zone: 'rest' }, totals: { tax: eur(20) } });
    expect(inStates('IL')).toMatchObject({ basis: { zone: 'named' }, totals: { tax: eur(100) } });
  });

  it('is no guess: a region that is absent or not known is refused all the same', () => {
    for (const region of [undefined, 'ILL'])
      expect(inStates(region)).toMatchObject({ accepted: false, refusal: { code: 'ADDRESS.UNKNOWN_REGION' } });
  });
});
