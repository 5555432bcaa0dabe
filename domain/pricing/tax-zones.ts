import { refuse } from '../shared/index.js';
import type { Refused } from '../shared/index.js';
import type { Destination, PricingPolicy, TaxRate, TaxZone } from './policy.js';
import { ANY_REGION, regionsNamed } from './regions.js';

export type RatesAt = { readonly accepted: true; readonly rates: readonly TaxRate[] } | Refused;

/**
 * The rates of the first zone that matches. Where zones go by region, a region that is absent or not known is refused
 * `ADDRESS.UNKNOWN_REGION`: no tax at all would be a guess. One that is known and in no zone is untaxed.
 */
export const ratesAt = ({ country, region = '' }: Destination, { taxZones }: PricingPolicy): RatesAt => {
  const zones = taxZones.filter(({ countries }) => countries.includes(country));
  const named = zones.flatMap(({ regions = [] }) => regions);
  if (named.length === 0) return ratesOf(zones[0]);
  const here = regionsNamed(country, region);
  if (here.length > 0) return ratesOf(zones.find((zone) => isIn(zone, here)));
  const anywhere = zones.find(({ regions }) => regions?.includes(ANY_REGION));
  return anywhere === undefined ? unknownRegion(country, named) : ratesOf(anywhere);
};

const ratesOf = (zone: TaxZone | undefined): RatesAt => ({ accepted: true, rates: zone?.rates ?? [] });

const isIn = ({ regions }: TaxZone, here: readonly string[]): boolean =>
  regions === undefined || regions.some((region) => region === ANY_REGION || here.includes(region));

const unknownRegion = (country: string, [example = '']: readonly string[]): Refused =>
  refuse(
    'ADDRESS.UNKNOWN_REGION',
    `Tax in ${country} goes by region: the region has to be one of its subdivisions, by code or name (${country}-${example}).`,
  );
