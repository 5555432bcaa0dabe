import { iso31662 } from 'iso-3166';
import { parseRate, refuse, share, spread, STANDARD_TAX_CLASS, subtractMoney } from '../shared/index.js';
import type {
  AppliedTax,
  LinePart,
  Money,
  PricedLine,
  Refused,
  TaxDestination,
  WholeFraction,
} from '../shared/index.js';
import type { Destination, PricingBasis, PricingPolicy, TaxRate, TaxZone } from './policy.js';

/** The place that something is taxed at, and its tax zone; null where no zone names the place. */
export type TaxPlace =
  | { readonly accepted: true; readonly zone: TaxZone | null; readonly destination: TaxDestination }
  | Refused;

/**
 * Finds the first zone that matches the destination. Where zones go by region, a region that is absent or not known is refused
 * `ADDRESS.UNKNOWN_REGION`, as no tax at all would be a guess; a known region that no zone names is untaxed.
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

/** Finds the rates of a tax class in a zone; a class that the zone does not name has the standard rates. */
export function ratesOf(zone: TaxZone | null, taxClass: string): readonly TaxRate[] {
  if (zone === null) return [];
  const own = zone.rates.filter((rate) => taxClassOf(rate) === taxClass);
  return own.length > 0 || taxClass === STANDARD_TAX_CLASS ? own : ratesOf(zone, STANDARD_TAX_CLASS);
}

export const taxClassOf = ({ taxClass = STANDARD_TAX_CLASS }: TaxRate): string => taxClass;

/** Chooses the code for a name that a city and its province share: the one that the zone names. */
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

/** Stands in a tax zone for every region, also one that is absent or not known. */
export const ANY_REGION = '*';

/** The subdivisions of a country (ISO 3166-2), codes without the country. */
interface Subdivisions {
  readonly codes: ReadonlySet<string>;
  /** Codes by folded name: in some countries a city and its province share one. */
  readonly byName: ReadonlyMap<string, readonly string[]>;
}

/** Subdivisions by country, each computed when the country is first asked for. */
const subdivisions = new Map<string, Subdivisions>();

/** Finds the codes of the subdivisions that a text names: `IL`, `us-il` and `Illinois` name one in `US`. */
export function regionsNamed(country: string, text: string): readonly string[] {
  const { codes, byName } = subdivisionsOf(country);
  const said = text.trim().toUpperCase();
  const code = said.startsWith(`${country}-`) ? said.slice(country.length + 1) : said;
  return codes.has(code) ? [code] : (byName.get(folded(text)) ?? []);
}

function subdivisionsOf(country: string): Subdivisions {
  const before = subdivisions.get(country);
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
  const found = { codes, byName };
  if (codes.size > 0) subdivisions.set(country, found);
  return found;
}

/** Folds case, accents and punctuation, which forms and people write in their own ways. */
const folded = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toUpperCase();

/** Units at one price, less a discount that is spread over them. */
export interface Taxable {
  /** Minor units, as the others. */
  readonly unitPrice: number;
  readonly quantity: number;
  readonly discount: number;
}

/** The rates of a tax, and how its amounts are rounded. */
export interface Taxing {
  readonly rates: readonly TaxRate[];
  readonly rounding: PricingBasis['rounding'];
  readonly level: PricingBasis['level'];
  readonly currency: string;
}

/** net + taxes = gross. */
export interface Taxation {
  readonly taxes: readonly AppliedTax[];
  readonly net: Money;
  readonly gross: Money;
}

/**
 * Computes the tax at every rate, rounded once for the whole or once a unit. Rates on top are taken of the price without the
 * included ones. The included tax of a price is rounded once and spread over its rates, so that net and tax make the
 * price again. Amounts beyond the safe integers come out beyond them, and so does every total made of them.
 */
export function taxOf(taxable: Taxable, { rates, rounding, level, currency }: Taxing): Taxation {
  const scheme = schemeOf(rates);
  const amounts = rates.map(() => 0);
  let net = 0;
  for (const [price, times] of pricesOf(taxable, level)) {
    const included = share(price, scheme.included, rounding);
    net += (price - included) * times;
    addTaxes(amounts, { net: price - included, included, times }, { scheme, rounding });
  }
  const base = { amount: net, currency };
  const taxes = rates.map(({ name, rate, included }, index): AppliedTax => {
    const amount = { amount: amounts[index] ?? 0, currency };
    return { name, rate, included, base, amount };
  });
  const gross = amounts.reduce((sum, tax) => sum + tax, net);
  return { taxes, net: base, gross: { amount: gross, currency } };
}

/** Sums taxes by name, rate and inclusion, in the order in which they first appear. */
export function taxesByRate(all: readonly (readonly AppliedTax[])[]): readonly AppliedTax[] {
  // Looked through one by one: a cart has few rates and many lines, of each of which a key would be made.
  const sums: AppliedTax[] = [];
  for (const taxes of all)
    for (const tax of taxes) {
      const index = sums.findIndex(
        ({ name, rate, included }) => name === tax.name && rate === tax.rate && included === tax.included,
      );
      const before = sums[index];
      if (before === undefined) sums.push(tax);
      else {
        const { name, rate, included } = tax;
        sums[index] = {
          name,
          rate,
          included,
          base: sum(before.base, tax.base),
          amount: sum(before.amount, tax.amount),
        };
      }
    }
  return sums;
}

/** Adds without a guard: `priceCart` refuses totals beyond the safe integers. */
const sum = (a: Money, b: Money): Money => ({ amount: a.amount + b.amount, currency: a.currency });

/**
 * Makes the first units of a line. Of a discount on q units the first k bear k × ⌊discount / q⌋, and one minor unit each of
 * the rest, so that the parts of a line add up to it however it is divided.
 */
function firstUnits({ unitPrice, quantity, discount }: Taxable, units: number): Taxable {
  const each = Math.floor(discount / quantity);
  return { unitPrice, quantity: units, discount: each * units + Math.min(units, discount - each * quantity) };
}

/** Lists the prices that are rounded, each with the number of times that it occurs. */
function pricesOf(
  { unitPrice, quantity, discount }: Taxable,
  level: PricingBasis['level'],
): readonly (readonly [price: number, times: number])[] {
  if (quantity === 0) return [];
  if (level === 'line') return [[unitPrice * quantity - discount, 1]];
  const rest = discount % quantity;
  const each = (discount - rest) / quantity;
  const withoutRest = [unitPrice - each, quantity - rest] as const;
  return rest === 0 ? [withoutRest] : [[unitPrice - each - 1, rest], withoutRest];
}

/** Rates over one denominator. */
interface Scheme {
  readonly rates: readonly { readonly fraction: WholeFraction; readonly isIncluded: boolean }[];
  /** What all included rates are of a price that contains them. */
  readonly included: WholeFraction;
  /** Numerators of the included rates, 0 in the place of the others. */
  readonly includedWeights: readonly number[];
}

/** The rates of a policy are the same lists for every line. */
const schemes = new WeakMap<readonly TaxRate[], Scheme>();

function schemeOf(rates: readonly TaxRate[]): Scheme {
  const before = schemes.get(rates);
  if (before !== undefined) return before;
  const fractions = rates.map((rate) => parseRate(rate.rate));
  const common = fractions.reduce((most, each) => (each.denominator > most ? each.denominator : most), 1n);
  const denominator = Number(common);
  const scaled = rates.map(({ included }, index) => {
    const { numerator, denominator: own } = fractions[index] ?? { numerator: 0n, denominator: 1n };
    return { fraction: { numerator: Number((numerator * common) / own), denominator }, isIncluded: included };
  });
  const includedWeights = scaled.map(({ fraction, isIncluded }) => (isIncluded ? fraction.numerator : 0));
  const numerator = includedWeights.reduce((all, weight) => all + weight, 0);
  const scheme = { rates: scaled, included: { numerator, denominator: denominator + numerator }, includedWeights };
  schemes.set(rates, scheme);
  return scheme;
}

/** Most places have one rate, which is the whole of what is included. */
function includedParts(included: number, { included: { numerator }, includedWeights }: Scheme): readonly number[] {
  if (numerator === 0) return [];
  return includedWeights.length === 1 ? [included] : spread(included, includedWeights);
}

interface TaxedOnce {
  readonly net: number;
  readonly included: number;
  readonly times: number;
}

function addTaxes(
  amounts: number[],
  { net, included, times }: TaxedOnce,
  { scheme, rounding }: { readonly scheme: Scheme; readonly rounding: PricingBasis['rounding'] },
): void {
  const parts = includedParts(included, scheme);
  scheme.rates.forEach(({ fraction, isIncluded }, index) => {
    const tax = isIncluded ? (parts[index] ?? 0) : share(net, fraction, rounding);
    amounts[index] = (amounts[index] ?? 0) + tax * times;
  });
}

/** Units of a line that leave it together: those that follow the first `after` units. */
interface Units {
  readonly after: number;
  readonly quantity: number;
}

/**
 * Computes what units of a line bear of its amounts. The first k units cost what they would if the others had never been in the
 * line: their own share of its discount, taxed at the recorded rates and rounding. Later units bear the difference, so that the
 * parts of a line add up to it.
 */
export function linePart(line: PricedLine, { after, quantity }: Units, basis: PricingBasis): LinePart {
  const { lineId, sku } = line;
  const [before, all] = [amountsOf(line, after, basis), amountsOf(line, after + quantity, basis)];
  const [net, gross] = [subtractMoney(all.net, before.net), subtractMoney(all.gross, before.gross)];
  return { lineId, sku, quantity, net, tax: subtractMoney(gross, net), gross };
}

interface Amounts {
  readonly net: Money;
  readonly gross: Money;
}

function amountsOf(line: PricedLine, units: number, { rounding, level }: PricingBasis): Amounts {
  const { unitPrice, quantity, discount, taxes, net, gross } = line;
  if (units === quantity) return { net, gross };
  const taxable = firstUnits({ unitPrice: unitPrice.amount, quantity, discount: discount.amount }, units);
  return taxOf(taxable, { rates: taxes, rounding, level, currency: unitPrice.currency });
}
