import { hash } from 'node:crypto';
import { accept } from '../shared/index.js';
import type { Decision, Money, Problem } from '../shared/index.js';
import type { FollowPriceList, PassWindow, SetPrices } from './commands.js';
import type { PriceRow, Prices, PricesInForce, VariantEvent } from './events.js';
import { invalidPrices, unknownSku } from './refusals.js';
import type { Pricing, VariantState } from './state.js';

const ID_LENGTH = 16;

/** Derives the id of a row from its currency and conditions, which no two rows of a product share: another amount keeps it. */
export function priceIdOf({ currency, ...row }: PriceRow): string {
  const { minQuantity = null, list = null, customerGroup = null, channel = null, from = null, to = null } = row;
  const conditions = JSON.stringify([currency, minQuantity, list, customerGroup, channel, from, to]);
  return hash('sha256', conditions, 'hex').slice(0, ID_LENGTH);
}

const hasWindow = ({ from, to }: Window): boolean => from !== undefined || to !== undefined;

/** Whether it has no conditions. */
export const isBase = ({ minQuantity, list, customerGroup, channel, ...window }: PriceRow): boolean =>
  minQuantity === undefined &&
  list === undefined &&
  customerGroup === undefined &&
  channel === undefined &&
  !hasWindow(window);

export const moneyOf = ({ amount, currency }: PriceRow): Money => ({ amount, currency });

/** The prices of the rows without conditions, at most one a currency. */
export const basePrices = (rows: readonly PriceRow[]): readonly Money[] => rows.filter(isBase).map(moneyOf);

/** The price of the row without conditions in a currency, or in the first one; of the first row where there is none such. */
export function basePrice(rows: Prices, currency?: string): Money {
  const prices = basePrices(rows);
  return prices.find((price) => price.currency === currency) ?? prices[0] ?? moneyOf(rows[0]);
}

/** The rows that count as far as their windows say: those without a window, and those that have begun and not ended by an event. */
export const rowsInForce = ({ prices, inForce }: Pricing): readonly PriceRow[] =>
  prices.filter((row) => !hasWindow(row) || inForce?.priceIds.includes(priceIdOf(row)) === true);

/** Replaces the row without conditions in the currency of the price, at its place; a new one comes last. */
export function withPrice(rows: Prices, price: Money): Prices {
  const isReplaced = (row: PriceRow): boolean => row.currency === price.currency && isBase(row);
  const [first, ...others] = rows.map((row) => (isReplaced(row) ? price : row));
  return first !== undefined && rows.some(isReplaced) ? [first, ...others] : [...rows, price];
}

export const samePrices = (rows: readonly PriceRow[], others: readonly PriceRow[]): boolean =>
  rows.length === others.length &&
  rows.every((row, index) => {
    const other = others[index];
    return other !== undefined && row.amount === other.amount && priceIdOf(row) === priceIdOf(other);
  });

export function setPrices(command: SetPrices, state: VariantState): Decision<VariantEvent> {
  if (state.status === 'none') return unknownSku();
  const problems = problemsOf(command);
  const [first, ...others] = command.prices;
  if (first === undefined || problems.length > 0) return invalidPrices(problems);
  const { productId, sku, prices: was } = state;
  const prices: Prices = [first, ...others];
  if (samePrices(prices, was)) return accept();
  const windows = prices.filter(hasWindow);
  const { lists } = command.known;
  const data = { productId, sku, was, prices, ...(lists.length > 0 && { lists }) };
  if (windows.length === 0) return accept({ type: 'variant.prices-changed.v1', data });
  const inForce = inForceAt(windows, later(command.now, state.inForce?.at));
  return accept({ type: 'variant.prices-changed.v1', data: { ...data, inForce } });
}

/** What began by an event stays begun, whatever the clock of who asks says. */
const later = (now: string, before = now): string => (now > before ? now : before);

const inForceAt = (rows: readonly PriceRow[], at: string): PricesInForce => ({
  at,
  priceIds: rows.filter((row) => isInWindow(row, at)).map(priceIdOf),
});

/** Times in RFC 3339 UTC with milliseconds. */
export interface Window {
  /** Inclusive. */
  readonly from?: string;
  /** Exclusive. */
  readonly to?: string;
}

export const isInWindow = ({ from, to }: Window, at: string): boolean =>
  (from === undefined || from <= at) && (to === undefined || at < to);

export function passWindow({ at }: PassWindow, state: VariantState): Decision<VariantEvent> {
  if (state.status === 'none') return unknownSku();
  const { productId, sku, prices, inForce: before } = state;
  if (before === undefined || at <= before.at) return accept();
  const inForce = inForceAt(prices.filter(hasWindow), at);
  if (inForce.priceIds.join() === before.priceIds.join()) return accept();
  return accept({ type: 'variant.prices-in-force-changed.v1', data: { productId, sku, inForce } });
}

export function followPriceList({ list }: FollowPriceList, state: VariantState): Decision<VariantEvent> {
  if (state.status === 'none') return unknownSku();
  const { productId, sku, lists = [] } = state;
  if (lists.some(({ code, revision }) => code === list.code && revision >= list.revision)) return accept();
  return accept({ type: 'variant.price-list-changed.v1', data: { productId, sku, list } });
}

/** The times at which something begins or ends, of those after a time, each once and in order. */
export function windowsAfter(windows: readonly Window[], at: string): readonly string[] {
  const times = windows.flatMap(({ from, to }) => [from, to]).filter((time) => time !== undefined && time > at);
  return [...new Set(times)].filter((time) => time !== undefined).toSorted();
}

function problemsOf({ prices, known: { channels, lists } }: SetPrices): readonly Problem[] {
  const codes = new Set(lists.map(({ code }) => code));
  if (prices.length === 0) return [{ path: 'prices', message: 'must not be empty' }];
  const problems: Problem[] = [];
  const places = new Map<string, number>();
  prices.forEach((row, index) => {
    const path = `prices.${index}`;
    const { list, channel, from, to } = row;
    const alike = places.get(priceIdOf(row));
    if (alike === undefined) places.set(priceIdOf(row), index);
    else problems.push({ path, message: `has all conditions alike with prices.${alike}` });
    if (from !== undefined && to !== undefined && to <= from) {
      problems.push({ path: `${path}.to`, message: 'must be after from' });
    }
    if (list !== undefined && !codes.has(list)) {
      problems.push({ path: `${path}.list`, message: 'is no price list that there is' });
    }
    if (channel !== undefined && !channels.has(channel)) {
      problems.push({ path: `${path}.channel`, message: 'is no channel that there is' });
    }
  });
  return problems;
}
