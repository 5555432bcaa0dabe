import fc from 'fast-check';
import { priceFor, priceTiers } from './index.js';
import type { ListTerms, PriceRow, PriceWanted } from './index.js';

const wanted: PriceWanted = { currency: 'EUR', quantity: 1, customerGroups: [] };
const eur = (amount: number, conditions: Partial<PriceRow> = {}): PriceRow => ({
  amount,
  currency: 'EUR',
  ...conditions,
});
const list = (code: string, terms: Partial<ListTerms> = {}): ListTerms => ({
  code,
  revision: 0,
  priority: 0,
  isInForce: true,
  ...terms,
});
const lists = (...all: readonly ListTerms[]) => new Map(all.map((one) => [one.code, one]));

describe('the price that counts', () => {
  it('is none where no row is in the currency', () => {
    expect(priceFor([], wanted)).toBeUndefined();
    expect(priceFor([{ amount: 1, currency: 'USD' }], wanted)).toBeUndefined();
  });

  it('is of the list with the highest priority, where no list has 0', () => {
    const [plain, low, high] = [eur(500, { minQuantity: 2 }), eur(100, { list: 'low' }), eur(900, { list: 'high' })];
    const known = lists(list('low', { priority: -1 }), list('high', { priority: 1 }));
    const many = { ...wanted, quantity: 2 };
    expect(priceFor([plain, low, high], many, known)).toBe(high);
    expect(priceFor([plain, low], many, known)).toBe(plain);
    expect(priceFor([plain, low], wanted, known)).toBe(low);
  });

  it('has more conditions than others of equal priority, then the lowest amount', () => {
    const known = lists(list('a'));
    const dear = eur(900, { from: '2026-01-01T00:00:00.000Z', to: '2027-01-01T00:00:00.000Z' });
    expect(priceFor([eur(500), eur(600, { channel: 'shop' }), dear], { ...wanted, channel: 'shop' }, known)).toBe(dear);
    const cheap = eur(400, { list: 'a' });
    expect(priceFor([eur(500), cheap], wanted, known)).toBe(cheap);
    expect(priceFor([eur(300), cheap], wanted, known)).toEqual(eur(300));
  });

  it('is for a group, a channel, a quantity, of a list that is in force, there and for them', () => {
    const of = (row: PriceRow, other: Partial<PriceWanted> = {}, ...all: readonly ListTerms[]) =>
      priceFor([row], { ...wanted, ...other }, lists(...all)) === row;
    expect(of(eur(1, { customerGroup: 'trade' }))).toBe(false);
    expect(of(eur(1, { customerGroup: 'trade' }), { customerGroups: ['new', 'trade'] })).toBe(true);
    expect(of(eur(1, { channel: 'shop' }))).toBe(false);
    expect(of(eur(1, { channel: 'default' }))).toBe(true);
    expect(of(eur(1, { channel: 'default' }), { channel: 'shop' })).toBe(false);
    expect(of(eur(1, { minQuantity: 3 }), { quantity: 2 })).toBe(false);
    expect(of(eur(1, { minQuantity: 3 }), { quantity: 3 })).toBe(true);
    const row = eur(1, { list: 'a' });
    expect(of(row)).toBe(false);
    expect(of(row, {}, list('a', { isInForce: false }))).toBe(false);
    expect(of(row, {}, list('a'))).toBe(true);
    expect(of(row, {}, list('a', { channels: ['shop'] }))).toBe(false);
    expect(of(row, { channel: 'shop' }, list('a', { channels: ['shop'] }))).toBe(true);
    expect(of(row, {}, list('a', { customerGroups: ['trade'] }))).toBe(false);
    expect(of(row, { customerGroups: ['trade'] }, list('a', { customerGroups: ['trade', 'new'] }))).toBe(true);
    expect(of(row, {}, list('a', { countries: ['AT'] }))).toBe(false);
    expect(of(row, { country: 'DE' }, list('a', { countries: ['AT'] }))).toBe(false);
    expect(of(row, { country: 'AT' }, list('a', { countries: ['AT'] }))).toBe(true);
  });

  it('has tiers where it changes with the quantity, and only there', () => {
    const rows = [eur(500), eur(500, { minQuantity: 5 }), eur(400, { minQuantity: 10 }), eur(300, { minQuantity: 50 })];
    const from = (all: readonly PriceRow[]) =>
      priceTiers(all, wanted).map(({ minQuantity, row }) => [minQuantity, row.amount]);
    expect(from(rows)).toEqual([
      [10, 400],
      [50, 300],
    ]);
    expect(from([eur(500)])).toEqual([]);
    expect(from([eur(400, { minQuantity: 10 })])).toEqual([[10, 400]]);
  });
});

// What counts, told once more by sorting whole lists of candidates, slowly.

const CODES = ['a', 'b', 'c'] as const;
const GROUPS = ['trade', 'new'] as const;
const CHANNELS = ['default', 'shop'] as const;
const COUNTRIES = ['AT', 'DE'] as const;
const some = <Value>(values: readonly Value[]) =>
  fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined });
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });

const anyRow = fc.record({
  amount: fc.integer({ min: 1, max: 4 }),
  currency: fc.constantFrom('EUR', 'USD'),
  minQuantity: maybe(fc.integer({ min: 2, max: 4 })),
  list: maybe(fc.constantFrom(...CODES)),
  customerGroup: maybe(fc.constantFrom(...GROUPS)),
  channel: maybe(fc.constantFrom(...CHANNELS)),
  from: maybe(fc.constant('2026-01-01T00:00:00.000Z')),
  to: maybe(fc.constant('2027-01-01T00:00:00.000Z')),
});
const anyList = (code: string) =>
  fc.record({
    code: fc.constant(code),
    revision: fc.constant(0),
    priority: fc.integer({ min: -1, max: 1 }),
    customerGroups: some(GROUPS),
    channels: some(CHANNELS),
    countries: some(COUNTRIES),
    isInForce: fc.boolean(),
  });
const anyWanted = fc.record({
  currency: fc.constantFrom('EUR', 'USD'),
  quantity: fc.integer({ min: 1, max: 5 }),
  channel: maybe(fc.constantFrom(...CHANNELS)),
  customerGroups: fc.subarray([...GROUPS]),
  country: maybe(fc.constantFrom(...COUNTRIES)),
});

type Row = PriceRow & { readonly [Name in keyof PriceRow]?: PriceRow[Name] | undefined };

function slowly(
  rows: readonly Row[],
  asked: { [Name in keyof PriceWanted]: PriceWanted[Name] | undefined },
  known: readonly ListTerms[],
) {
  const { currency, quantity = 1, channel = 'default', customerGroups = [], country } = asked;
  const within = (values: readonly string[] | undefined, ...mine: readonly (string | undefined)[]): boolean =>
    values === undefined || values.filter((value) => mine.includes(value)).length > 0;
  const candidates = rows
    .filter((row) => row.currency === currency)
    .filter(({ minQuantity }) => minQuantity === undefined || quantity >= minQuantity)
    .filter((row) => within(row.channel === undefined ? undefined : [row.channel], channel))
    .filter(({ customerGroup }) => within(customerGroup === undefined ? undefined : [customerGroup], ...customerGroups))
    .filter((row) => {
      const of = known.find(({ code }) => code === row.list);
      if (row.list === undefined) return true;
      return (
        of !== undefined &&
        of.isInForce &&
        within(of.channels, channel) &&
        within(of.customerGroups, ...customerGroups) &&
        (country === undefined ? of.countries === undefined : within(of.countries, country))
      );
    });
  const highest = (score: (row: Row) => number, of: readonly Row[]): readonly Row[] => {
    const best = Math.max(...of.map(score));
    return of.filter((row) => score(row) === best);
  };
  const ofList = highest((row) => known.find(({ code }) => code === row.list)?.priority ?? 0, candidates);
  const special = highest(
    (row) =>
      ['minQuantity', 'customerGroup', 'channel', 'from', 'to'].filter((name) => row[name as keyof Row] !== undefined)
        .length,
    ofList,
  );
  return highest(({ amount }) => -amount, special).map(({ amount }) => amount)[0];
}

describe('the price that counts, of any rows and lists', () => {
  const rowsOf = fc.array(anyRow, { maxLength: 8 });
  const known = fc.tuple(...CODES.slice(0, 2).map(anyList));

  it('is what a slow search finds, whatever the order of the rows', () => {
    fc.assert(
      fc.property(rowsOf, anyWanted, known, (rows, asked, all) => {
        const [given, byCode, terms] = [rows as PriceRow[], lists(...(all as ListTerms[])), asked as PriceWanted];
        const found = priceFor(given, terms, byCode);
        expect(found?.amount).toBe(slowly(rows as Row[], asked, all as ListTerms[]));
        const reversed = priceFor(given.toReversed(), terms, byCode);
        expect([reversed?.amount, reversed?.list]).toEqual([found?.amount, found?.list]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('changes at its tiers and nowhere else', () => {
    fc.assert(
      fc.property(rowsOf, anyWanted, known, (rows, asked, all) => {
        const { quantity: _, ...terms } = asked as PriceWanted;
        const [given, byCode] = [rows as PriceRow[], lists(...(all as ListTerms[]))];
        const at = (quantity: number) => priceFor(given, { ...terms, quantity }, byCode)?.amount;
        const tiers = new Map(
          priceTiers(given, terms, byCode).map(({ minQuantity, row }) => [minQuantity, row.amount]),
        );
        for (let quantity = 2; quantity <= 6; quantity++) {
          if (at(quantity) === at(quantity - 1)) expect(tiers.has(quantity)).toBe(false);
          else expect(tiers.get(quantity)).toBe(at(quantity));
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
