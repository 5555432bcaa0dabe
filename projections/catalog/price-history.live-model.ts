import { pricingAfter, unitRow } from '../../domain/catalog/index.js';
import { sameMoney } from '../../domain/shared/index.js';
import type { PastPrice, PricePlace, Pricing, VariantEvent } from '../../domain/catalog/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { liveModel } from '../../infra/engine/projections/live-model.js';
import type { LiveModel } from '../../infra/engine/projections/live-model.js';

/** What one unit has cost, the oldest first; a change of nothing that a buyer of no group would notice is left out. */
export interface PriceHistory {
  readonly changes: readonly PastPrice[];
}

interface History {
  pricing: Pricing | null;
  readonly changes: PastPrice[];
}

type Recorded = Pick<RecordedEvent, 'at' | 'id' | 'metadata'>;

/** The history at a place; where no currency is named, in the first that the product has a price in at each time. Id: the SKU. */
export function priceHistoryIn(place: PricePlace): LiveModel<History, PriceHistory> {
  const model = liveModel<History, VariantEvent, PriceHistory>({
    name: 'price-history',
    category: 'variant',
    initialState: () => ({ pricing: null, changes: [] }),
    evolve: (history, event) => {
      const pricing = pricingOf(history.pricing, event);
      if (pricing === null || pricing === history.pricing) return history;
      history.pricing = pricing;
      noteChange(history, place, event);
      return history;
    },
    show: ({ changes }) => ({ changes }),
  });
  return model;
}

function pricingOf(before: Pricing | null, event: VariantEvent): Pricing | null {
  switch (event.type) {
    case 'variant.created.v1':
      return { prices: event.data.prices };
    case 'variant.details-changed.v1':
      return before;
    default:
      return before === null ? null : pricingAfter(before, event);
  }
}

function noteChange({ pricing, changes }: History, place: PricePlace, { at, id, metadata }: Recorded): void {
  const { actor } = metadata;
  const row = pricing === null ? undefined : unitRow(pricing, place);
  const last = changes.at(-1);
  if (row === undefined) {
    if (last !== undefined && last.price !== null) changes.push({ at, price: null, by: id, actor });
    return;
  }
  const { amount, currency, list } = row;
  const price = { amount, currency };
  if (last !== undefined && last.price !== null && sameMoney(last.price, price) && last.list === list) return;
  changes.push({ at, price, ...(list === undefined ? {} : { list }), by: id, actor });
}

const DAYS_30_MS = 30 * 86_400_000;

/** The lowest price in the 30 days before the present one began; null where it had none then. */
export function lowestBefore({ changes }: PriceHistory): PastPrice['price'] {
  const present = changes.at(-1);
  if (present === undefined) return null;
  const from = new Date(Date.parse(present.at) - DAYS_30_MS).toISOString();
  let lowest: PastPrice['price'] = null;
  for (const [index, { price }] of changes.slice(0, -1).entries()) {
    const until = changes[index + 1]?.at ?? present.at;
    if (price === null || until <= from) continue;
    if (lowest === null || price.amount < lowest.amount) lowest = price;
  }
  return lowest;
}
