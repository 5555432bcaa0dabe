import type { Money } from '../shared/index.js';
import type { PriceRow } from './events.js';
import { priceFor, priceTiers, type PriceLists, type PriceWanted } from './price-for.js';
import { isBase, moneyOf, rowsInForce } from './price-rows.js';
import type { Pricing } from './state.js';

/** Where somebody looks at prices: of no group, as everybody may look. */
export interface PricePlace {
  /** The first that the product has a price in, where it is left out. */
  readonly currency?: string;
  readonly channel?: string;
  readonly country?: string;
}

/** What is shown of the prices of one unit now. */
export interface ShownPrices {
  readonly price: Money | null;
  /** Where a list undercuts the row without conditions: that one's. */
  readonly wasPrice?: Money;
  readonly tiers?: readonly { readonly minQuantity: number; readonly price: Money }[];
}

const listsOf = ({ lists = [] }: Pricing): PriceLists => new Map(lists.map((list) => [list.code, list]));

const wantedIn = (currency: string, { channel, country }: PricePlace): Omit<PriceWanted, 'quantity'> => ({
  currency,
  customerGroups: [],
  ...(channel === undefined ? {} : { channel }),
  ...(country === undefined ? {} : { country }),
});

/** The row that counts for one unit there; undefined where the product has no price. */
export function unitRow(pricing: Pricing, place: PricePlace): PriceRow | undefined {
  const [rows, lists] = [rowsInForce(pricing), listsOf(pricing)];
  const currencies = place.currency === undefined ? pricing.prices.map(({ currency }) => currency) : [place.currency];
  for (const currency of new Set(currencies)) {
    const row = priceFor(rows, { ...wantedIn(currency, place), quantity: 1 }, lists);
    if (row !== undefined) return row;
  }
  return undefined;
}

export function shownPrices(pricing: Pricing, place: PricePlace): ShownPrices {
  const row = unitRow(pricing, place);
  const currency = row?.currency ?? place.currency;
  if (currency === undefined) return { price: null };
  const rows = rowsInForce(pricing);
  const base = rows.find((one) => one.currency === currency && isBase(one));
  const isUndercut = row?.list !== undefined && base !== undefined && row.amount < base.amount;
  const tiers = priceTiers(rows, wantedIn(currency, place), listsOf(pricing));
  return {
    price: row === undefined ? null : moneyOf(row),
    ...(isUndercut ? { wasPrice: moneyOf(base) } : {}),
    ...(tiers.length === 0
      ? {}
      : { tiers: tiers.map(({ minQuantity, row: tier }) => ({ minQuantity, price: moneyOf(tier) })) }),
  };
}

/** The price of one unit for those who buy in a currency, channel and country; null: any that no other price names. */
export type PlacedPrice = {
  readonly currency: string;
  readonly channel: string | null;
  readonly country: string | null;
  readonly amount: number;
};

/** No channel or country is called so. */
const ELSEWHERE = ' ';

/** What one unit costs wherever that may differ: in every channel and country that rows or lists name, and in all others. */
export function placedPrices(pricing: Pricing): readonly PlacedPrice[] {
  const { prices } = pricing;
  const lists = pricing.lists ?? [];
  const named = new Set(prices.flatMap(({ list }) => list ?? []));
  const terms = lists.filter(({ code }) => named.has(code));
  const channels = new Set([...prices.map(({ channel }) => channel), ...terms.flatMap((list) => list.channels ?? [])]);
  const countries = new Set(terms.flatMap((list) => list.countries ?? []));
  const places = [ELSEWHERE, ...channels].flatMap((channel) =>
    channel === undefined ? [] : [ELSEWHERE, ...countries].map((country) => ({ channel, country })),
  );
  const [rows, byCode] = [rowsInForce(pricing), listsOf(pricing)];
  return [...new Set(prices.map(({ currency }) => currency))].flatMap((currency) =>
    places.flatMap((place) => {
      const row = priceFor(rows, { ...wantedIn(currency, place), quantity: 1 }, byCode);
      const [channel, country] = [place.channel, place.country].map((name) => (name === ELSEWHERE ? null : name));
      return row === undefined
        ? []
        : [{ currency, channel: channel ?? null, country: country ?? null, amount: row.amount }];
    }),
  );
}
