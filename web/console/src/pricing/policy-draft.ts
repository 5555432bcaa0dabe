import type { Schema } from '../../../shared/api/index.js';
import { majorUnits } from '../../../shared/format/index.js';
import {
  codesIn,
  currencyIn,
  DraftReader,
  filled,
  linesIn,
  someOf,
  someText,
  type Reading,
} from '../form/draft-reader.js';
import type { Labels } from '../form/differences.js';
import { percentOf, rateOf } from './percent.js';

export type Policy = Schema<'PricingPolicy'>;
type Zone = Policy['taxZones'][number];
type Method = Policy['shippingMethods'][number];
type ShippingRate = Method['rates'][number];

interface TaxRateDraft {
  name: string;
  /** A percentage. */
  rate: string;
  /** `yes` where prices contain it. */
  included: string;
  taxClass: string;
}

interface ZoneDraft {
  name: string;
  countries: string;
  /** Codes or names, one a line. */
  regions: string;
  rates: TaxRateDraft[];
}

interface ShippingRateDraft {
  countries: string;
  currency: string;
  /** Amounts in major units. */
  subtotalFrom: string;
  price: string;
}

interface MethodDraft {
  id: string;
  name: string;
  rates: ShippingRateDraft[];
}

/** A pricing policy as it is typed. */
export interface PolicyDraft {
  name: string;
  rounding: string;
  level: string;
  taxShipping: boolean;
  taxZones: ZoneDraft[];
  shippingMethods: MethodDraft[];
}

export const NO_TAX_RATE: TaxRateDraft = { name: '', rate: '', included: 'yes', taxClass: '' };
export const NO_ZONE: ZoneDraft = { name: '', countries: '', regions: '', rates: [NO_TAX_RATE] };
export const NO_SHIPPING_RATE: ShippingRateDraft = { countries: '', currency: '', subtotalFrom: '', price: '' };
export const NO_METHOD: MethodDraft = { id: '', name: '', rates: [NO_SHIPPING_RATE] };

export const LABELS: Labels = {
  name: 'Name',
  rounding: 'Rounding',
  level: 'Rounded by',
  taxShipping: 'Shipping is taxed',
  taxZones: 'Tax zone',
  shippingMethods: 'Shipping method',
  countries: 'Countries',
  regions: 'Regions',
  rates: 'Rate',
  rate: ['Percent', percentOf],
  included: 'Contained in prices',
  taxClass: 'Tax class',
  id: 'Id',
  currency: 'Currency',
  subtotalFrom: 'Subtotal from',
  price: 'Price',
};

const major = (amount: number | undefined, currency = ''): string =>
  amount === undefined ? '' : majorUnits({ amount, currency });

export const policyDraft = (policy: Policy): PolicyDraft => ({
  name: policy.name,
  rounding: policy.rounding,
  level: policy.level,
  taxShipping: policy.taxShipping,
  taxZones: policy.taxZones.map(({ name = '', countries, regions = [], rates }) => ({
    name,
    countries: countries.join(', '),
    regions: regions.join('\n'),
    rates: rates.map(({ name: rateName, rate, included, taxClass = '' }) => ({
      name: rateName,
      rate: percentOf(rate),
      included: included ? 'yes' : 'no',
      taxClass,
    })),
  })),
  shippingMethods: policy.shippingMethods.map(({ id, name, rates }) => ({
    id,
    name,
    rates: rates.map(({ countries = [], currency = '', subtotalFrom, price }) => ({
      countries: countries.join(', '),
      currency,
      subtotalFrom: major(subtotalFrom, currency),
      price: major(price, currency),
    })),
  })),
});

const upper = (codes: readonly string[]): string[] => codes.map((code) => code.toUpperCase());

const readZone = ({ name, countries, regions, rates }: ZoneDraft): Zone => ({
  ...filled({ name: someText(name) }),
  countries: upper(codesIn(countries)),
  ...filled({ regions: someOf(linesIn(regions)) }),
  rates: rates.map((rate) => ({
    name: rate.name.trim(),
    rate: rateOf(rate.rate),
    included: rate.included === 'yes',
    ...filled({ taxClass: someText(rate.taxClass) }),
  })),
});

/** Reads a policy; what is wrong with an amount is told at its row. */
class PolicyReader extends DraftReader {
  method({ id, name, rates }: MethodDraft, path: string): Method {
    const rows = rates.map((rate, index) => this.shippingRate(rate, `${path}.rates.${index}`));
    return { id: id.trim(), name: name.trim(), rates: rows };
  }

  private shippingRate({ countries, currency, subtotalFrom, price }: ShippingRateDraft, path: string): ShippingRate {
    const amount = (member: 'subtotalFrom' | 'price', typed: string): number =>
      this.amount(`${path}.${member}`, { amount: typed, currency }, 0);
    return {
      ...filled({
        countries: someOf(upper(codesIn(countries))),
        currency: someText(currencyIn(currency)),
        subtotalFrom: subtotalFrom.trim() === '' ? undefined : amount('subtotalFrom', subtotalFrom),
      }),
      price: amount('price', price),
    };
  }
}

export function readPolicy(draft: PolicyDraft): Reading<Policy> {
  const reader = new PolicyReader();
  return reader.reading({
    name: draft.name.trim(),
    rounding: draft.rounding === 'half-up' ? 'half-up' : 'half-even',
    level: draft.level === 'unit' ? 'unit' : 'line',
    taxShipping: draft.taxShipping,
    taxZones: draft.taxZones.map(readZone),
    shippingMethods: draft.shippingMethods.map((method, index) => reader.method(method, `shippingMethods.${index}`)),
  });
}
