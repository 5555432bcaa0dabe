import { isCurrency, isRate } from '../shared/index.js';
import { JsonReader } from './json-reader.js';
import type { PolicyProblem } from './json-reader.js';
import type { PricingPolicy, ShippingMethodPolicy, ShippingRate, TaxRate, TaxZone } from './policy.js';
import { ANY_REGION, regionsNamed, taxClassOf } from './tax.js';

export type PolicyReading =
  | { readonly valid: true; readonly policy: PricingPolicy }
  | { readonly valid: false; readonly problems: readonly PolicyProblem[] };

/** Reads a pricing policy from the parsed JSON of a file, and reports all of its problems at once. */
export function parsePricingPolicy(json: unknown): PolicyReading {
  const problems: PolicyProblem[] = [];
  const file = new JsonReader(json, '', problems);
  if (!file.isObject) return { valid: false, problems: [{ path: '', message: 'has to be an object' }] };
  const policy = readPolicy(file);
  return problems.length === 0 ? { valid: true, policy } : { valid: false, problems };
}

function readPolicy(file: JsonReader): PricingPolicy {
  file.onlyMembers('name', 'rounding', 'level', 'taxShipping', 'taxZones', 'shippingMethods');
  const policy: PricingPolicy = {
    name: nonBlank(file.at('name')),
    rounding: file.at('rounding').oneOf('half-even', 'half-up'),
    level: file.at('level').oneOf('line', 'unit'),
    taxShipping: file.at('taxShipping').flag(),
    taxZones: file.at('taxZones').list(readZone, 0),
    shippingMethods: file.at('shippingMethods').list(readMethod, 1),
  };
  unique(
    file.at('shippingMethods'),
    policy.shippingMethods.map(({ id }) => id),
  );
  return policy;
}

function readZone(zone: JsonReader): TaxZone {
  zone.onlyMembers('name', 'countries', 'regions', 'rates');
  const rates = zone.at('rates').list(readTaxRate, 0);
  for (const taxClass of new Set(rates.map(taxClassOf))) {
    unique(
      zone.at('rates'),
      rates.filter((rate) => taxClassOf(rate) === taxClass).map(({ name }) => name),
    );
  }
  const [name, regions] = [zone.at('name'), zone.at('regions')];
  const countries = zone.at('countries').list(country, 1);
  const named = regions.absent ? [] : regions.list((region) => readRegion(region, countries), 1);
  return {
    ...(name.absent ? {} : { name: nonBlank(name) }),
    countries,
    ...(regions.absent ? {} : { regions: [...new Set(named.flat())] }),
    rates,
  };
}

/** Reads a region in any of its spellings, and lists its codes. */
function readRegion(region: JsonReader, countries: readonly string[]): readonly string[] {
  const text = nonBlank(region);
  if (text === '' || text === ANY_REGION) return [text];
  const codes = countries.flatMap((each) => regionsNamed(each, text));
  if (codes.length === 0) region.problem(`has to be a subdivision of ${countries.join(' or ')} (ISO 3166-2), or *`);
  return codes;
}

function readTaxRate(rate: JsonReader): TaxRate {
  rate.onlyMembers('name', 'rate', 'included', 'taxClass');
  const taxClass = rate.at('taxClass');
  return {
    name: nonBlank(rate.at('name')),
    rate: rate.at('rate').text(isRate, 'has to be a decimal fraction as text, such as "0.19"'),
    included: rate.at('included').flag(),
    ...(taxClass.absent ? {} : { taxClass: nonBlank(taxClass) }),
  };
}

function readMethod(method: JsonReader): ShippingMethodPolicy {
  method.onlyMembers('id', 'name', 'rates');
  return {
    id: nonBlank(method.at('id')),
    name: nonBlank(method.at('name')),
    rates: method.at('rates').list(readShippingRate, 1),
  };
}

function readShippingRate(row: JsonReader): ShippingRate {
  row.onlyMembers('countries', 'subtotalFrom', 'currency', 'price');
  const [countries, subtotalFrom, currency] = [row.at('countries'), row.at('subtotalFrom'), row.at('currency')];
  const price = row.at('price').minorUnits();
  const least = subtotalFrom.absent ? 0 : subtotalFrom.minorUnits();
  if (currency.absent && price + least > 0) currency.problem('has to name the ISO 4217 currency of the amounts');
  return {
    ...(countries.absent ? {} : { countries: countries.list(country, 1) }),
    ...(subtotalFrom.absent ? {} : { subtotalFrom: least }),
    ...(currency.absent ? {} : { currency: currency.text(isCurrency, 'has to be an ISO 4217 code') }),
    price,
  };
}

const nonBlank = (reader: JsonReader): string => reader.text((text) => text.trim() !== '', 'has to be a text');

const countryCode = /^[A-Z]{2}$/;
const country = (reader: JsonReader): string =>
  reader.text((text) => countryCode.test(text), 'has to be an ISO 3166-1 alpha-2 code');

function unique(list: JsonReader, names: readonly string[]): void {
  const given = names.filter((name) => name !== '');
  if (new Set(given).size !== given.length) list.problem('names something twice');
}
