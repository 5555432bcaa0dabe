import { iso31662 } from 'iso-3166';
import { refuse, STANDARD_TAX_CLASS } from '../shared/index.js';
import type { Refused, TaxDestination } from '../shared/index.js';
import type { Destination, PricingPolicy, TaxRate, TaxZone } from './policy.js';

/** Where something is taxed, and by what zone; null where none names the place. */
export type TaxPlace =
  { readonly accepted: true; readonly zone: TaxZone | null; readonly destination: TaxDestination } | Refused;

/**
 * The first zone that matches. Where zones go by region, a region that is absent or not known is refused
 * `ADDRESS.UNKNOWN_REGION`: no tax at all would be a guess. One that is known and in no zone is untaxed.
 */
export function taxPlaceOf({ country, region = '' }: Destination, { taxZones }: PricingPolicy): TaxPlace {
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
}

/** Names a zone on orders. */
export const zoneName = ({ name, countries, regions }: TaxZone): string =>
  name ?? [countries.join(','), ...(regions === undefined ? [] : [regions.join(',')])].join('-');

/** The rates of a class in a zone: its own, else the standard ones. */
export function ratesOf(zone: TaxZone | null, taxClass: string): readonly TaxRate[] {
  if (zone === null) return [];
  const own = zone.rates.filter((rate) => taxClassOf(rate) === taxClass);
  return own.length > 0 || taxClass === STANDARD_TAX_CLASS ? own : ratesOf(zone, STANDARD_TAX_CLASS);
}

export const taxClassOf = ({ taxClass = STANDARD_TAX_CLASS }: TaxRate): string => taxClass;

/** A name that a city and its province share is that of the one that the zone names. */
function placed(zone: TaxZone | undefined, country: string, here: readonly string[]): TaxPlace {
  const region = here.find((code) => zone?.regions?.includes(code)) ?? here[0];
  return {
    accepted: true,
    zone: zone ?? null,
    destination: region === undefined ? { country } : { country, region },
  };
}

const isIn = ({ regions }: TaxZone, here: readonly string[]): boolean =>
  regions === undefined || regions.some((region) => region === ANY_REGION || here.includes(region));

const unknownRegion = (country: string, [example = '']: readonly string[]): Refused =>
  refuse(
    'ADDRESS.UNKNOWN_REGION',
    `Tax in ${country} goes by region: the region has to be one of its subdivisions, by code or name (${country}-${example}).`,
  );

/** In a tax zone's regions: every region, also one that is absent or not known. */
export const ANY_REGION = '*';

/** The subdivisions of a country (ISO 3166-2), codes without the country. */
interface Subdivisions {
  readonly codes: ReadonlySet<string>;
  /** Codes by folded name: in some countries a city and its province share one. */
  readonly byName: ReadonlyMap<string, readonly string[]>;
}

/** By country; read off the list when a country is asked for the first time. */
const known = new Map<string, Subdivisions>();

/** Codes of the subdivisions that a text names: `IL`, `us-il` and `Illinois` are one in `US`; none where it names none. */
export function regionsNamed(country: string, text: string): readonly string[] {
  const { codes, byName } = subdivisionsOf(country);
  const said = text.trim().toUpperCase();
  const code = said.startsWith(`${country}-`) ? said.slice(country.length + 1) : said;
  return codes.has(code) ? [code] : (byName.get(folded(text)) ?? []);
}

function subdivisionsOf(country: string): Subdivisions {
  const before = known.get(country);
  if (before !== undefined) return before;
  const codes = new Set<string>();
  const byName = new Map<string, string[]>();
  for (const { code: full, name } of iso31662) {
    if (!full.startsWith(`${country}-`)) continue;
    const code = full.slice(country.length + 1);
    codes.add(code);
    for (const spelling of new Set([folded(name), folded(name.replace(/\(.*\)/, ''))])) {
      byName.set(spelling, [...(byName.get(spelling) ?? []), code]);
    }
  }
  const subdivisions = { codes, byName };
  if (codes.size > 0) known.set(country, subdivisions);
  return subdivisions;
}

/** Without case, accents and punctuation, as forms and people spell names in their own ways. */
const folded = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toUpperCase();
