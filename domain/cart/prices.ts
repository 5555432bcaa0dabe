import { priceFor } from '../catalog/index.js';
import type { PriceRow } from '../catalog/index.js';
import type { Money } from '../shared/index.js';
import type { ProductFacts } from './commands.js';
import type { ExistingCart } from './state.js';

const rowFor = (
  { prices, lists = [] }: ProductFacts,
  { currency, channel, customerGroups = [], country }: ExistingCart,
  quantity: number,
): PriceRow | undefined =>
  priceFor(
    prices,
    {
      currency,
      quantity,
      customerGroups,
      ...(channel === undefined ? {} : { channel }),
      ...(country === undefined ? {} : { country }),
    },
    new Map(lists.map((list) => [list.code, list])),
  );

/** Finds the price of a unit for the cart where it has so many; undefined where the product has none for it. */
export function priceIn(product: ProductFacts, cart: ExistingCart, quantity: number): Money | undefined {
  const row = rowFor(product, cart, quantity);
  return row === undefined ? undefined : { amount: row.amount, currency: row.currency };
}

/** Finds the price of a unit where a line gets another quantity that has another price than the old one; else undefined. */
export function priceOfTier(
  product: ProductFacts,
  cart: ExistingCart,
  { was, now }: { readonly was: number; readonly now: number },
): Money | undefined {
  const [before, after] = [rowFor(product, cart, was), rowFor(product, cart, now)];
  return before?.minQuantity === after?.minQuantity ? undefined : priceIn(product, cart, now);
}
