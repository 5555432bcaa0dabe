import { DEFAULT_CHANNEL } from '../channel/index.js';
import type { ListTerms, PriceRow } from './events.js';

/** What a price is asked for. */
export interface PriceWanted {
  readonly currency: string;
  /** Units of the line, 1 or more. */
  readonly quantity: number;
  /** Code of the channel; the default one where it is left out. */
  readonly channel?: string;
  /** The groups of the buyer. */
  readonly customerGroups: readonly string[];
  /** Of the buyer, who may not have said it: lists for countries then do not count. */
  readonly country?: string;
}

/** The lists that rows name, by code. */
export type PriceLists = ReadonlyMap<string, ListTerms>;

const NO_LIST = 0;

/**
 * The row that counts, of rows in force; undefined where none matches. Of several that match counts the one of the list with the
 * highest priority, then the one with more conditions of its own, then the lowest amount.
 */
export function priceFor(
  rows: readonly PriceRow[],
  wanted: PriceWanted,
  lists: PriceLists = new Map(),
): PriceRow | undefined {
  let best: PriceRow | undefined;
  for (const row of rows) {
    if (!matches(row, wanted, lists)) continue;
    if (best === undefined || compare(row, best, lists) < 0) best = row;
  }
  return best;
}

function matches(
  row: PriceRow,
  { currency, quantity, channel = DEFAULT_CHANNEL, ...buyer }: PriceWanted,
  lists: PriceLists,
): boolean {
  return (
    row.currency === currency &&
    (row.minQuantity ?? 1) <= quantity &&
    (row.channel ?? channel) === channel &&
    (row.customerGroup === undefined || buyer.customerGroups.includes(row.customerGroup)) &&
    (row.list === undefined || isOpen(lists.get(row.list), { ...buyer, channel }))
  );
}

interface Buyer {
  readonly channel: string;
  readonly customerGroups: readonly string[];
  readonly country?: string;
}

function isOpen(list: ListTerms | undefined, { channel, customerGroups, country }: Buyer): boolean {
  if (list?.isInForce !== true) return false;
  return (
    (list.channels?.includes(channel) ?? true) &&
    (list.customerGroups?.some((group) => customerGroups.includes(group)) ?? true) &&
    (list.countries === undefined || (country !== undefined && list.countries.includes(country)))
  );
}

/** Below 0 where the first row counts before the second. Rows of equal rank have an order too, so that the answer never depends on theirs. */
const compare = (a: PriceRow, b: PriceRow, lists: PriceLists): number =>
  priorityOf(b, lists) - priorityOf(a, lists) ||
  conditionsOf(b) - conditionsOf(a) ||
  a.amount - b.amount ||
  ((a.list ?? '') < (b.list ?? '') ? -1 : 1);

const priorityOf = ({ list }: PriceRow, lists: PriceLists): number =>
  list === undefined ? NO_LIST : (lists.get(list)?.priority ?? NO_LIST);

const conditionsOf = ({ minQuantity, customerGroup, channel, from, to }: PriceRow): number =>
  [minQuantity, customerGroup, channel, from, to].filter((condition) => condition !== undefined).length;

/** A quantity from which on another price counts. */
export interface PriceTier {
  readonly minQuantity: number;
  readonly row: PriceRow;
}

/** The quantities above one at which the price that counts changes, in order. */
export function priceTiers(
  rows: readonly PriceRow[],
  wanted: Omit<PriceWanted, 'quantity'>,
  lists: PriceLists = new Map(),
): readonly PriceTier[] {
  const quantities = new Set(rows.flatMap(({ minQuantity }) => minQuantity ?? []));
  const tiers: PriceTier[] = [];
  let before = priceFor(rows, { ...wanted, quantity: 1 }, lists)?.amount;
  for (const minQuantity of [...quantities].toSorted((a, b) => a - b)) {
    const row = priceFor(rows, { ...wanted, quantity: minQuantity }, lists);
    if (row === undefined || row.amount === before) continue;
    tiers.push({ minQuantity, row });
    before = row.amount;
  }
  return tiers;
}
