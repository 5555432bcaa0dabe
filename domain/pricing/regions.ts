import { iso31662 } from 'iso-3166';

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
export const regionsNamed = (country: string, text: string): readonly string[] => {
  const { codes, byName } = subdivisionsOf(country);
  const said = text.trim().toUpperCase();
  const code = said.startsWith(`${country}-`) ? said.slice(country.length + 1) : said;
  return codes.has(code) ? [code] : (byName.get(folded(text)) ?? []);
};

const subdivisionsOf = (country: string): Subdivisions => {
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
};

/** Without case, accents and punctuation, as forms and people spell names in their own ways. */
const folded = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toUpperCase();
