import { refuse, STANDARD_TAX_CLASS } from '../shared/index.js';
import type { Refused, TaxDestination } from '../shared/index.js';
import type { Destination, PricingPolicy, TaxRate, TaxZone } from './policy.js';
import { ANY_REGION, regionsNamed } from './regions.js';

/** Where something is taxed, and by what zone; null where none names the place. */
export type TaxPlace =
  { readonly accepted: true; readonly zone: TaxZone | null; readonly destination: TaxDestination } | Refused;

/**
 * The first zone that matches. Where zones go by region, a region that is absent or not known is refused
 * `ADDRESS.UNKNOWN_REGION`: no tax at all would be a guess. One that is known and in no zone is untaxed.
 */
export const taxPlaceOf = ({ country, region = '' }: Destination, { taxZones }: PricingPolicy): TaxPlace => {
  const zones = taxZones.filter(({ countries }) => countries.includes(country));
  const named = zones.flatMap(({ regions = [] }) => regions);
  const here = regionsNamed(country, region);
  if (named.length === 0) return placed(zones[0], country, here);
  if (here.length > 0)
    return placed(
      zones.find((zone) => isIn(zone, here)),
      country,
      here,
    );
  const anywhere = zones.find(({ regions }) => regions?.includes(ANY_REGION));
  return anywhere === undefined ? unknownRegion(country, named) : placed(anywhere, country, here);
};

/** What orders are said to be taxed by. */
export const zoneName = ({ name, countries, regions }: TaxZone): string =>
  name ?? [countries.join(','), ...(regions === undefined ? [] : [regions.join(',')])].join('-');

/** The rates of a class in a zone: its own, else the standard ones. */
export const ratesOf = (zone: TaxZone | null, taxClass: string): readonly TaxRate[] => {
  if (zone === null) return [];
  const own = zone.rates.filter((rate) => taxClassOf(rate) === taxClass);
  return own.length > 0 || taxClass === STANDARD_TAX_CLASS ? own : ratesOf(zone, STANDARD_TAX_CLASS);
};

export const taxClassOf = ({ taxClass = STANDARD_TAX_CLASS }: TaxRate): string => taxClass;

/** A name that a city and its province share is that of the one that the zone names. */
const placed = (zone: TaxZone | undefined, country: string, here: readonly string[]): TaxPlace => {
  const region = here.find((code) => zone?.regions?.includes(code)) ?? here[0];
  return {
    accepted: true,
    zone: zone ?? null,
    destination: region === undefined ? { country } : { country, region },
  };
};

const isIn = ({ regions }: TaxZone, here: readonly string[]): boolean =>
  regions === undefined || regions.some((region) => region === ANY_REGION || here.includes(region));

const unknownRegion = (country: string, [example = '']: readonly string[]): Refused =>
  refuse(
    'ADDRESS.UNKNOWN_REGION',
    `Tax in ${country} goes by region: the region has to be one of its subdivisions, by code or name (${country}-${example}).`,
  );
