import { priceListView } from '../../domain/price-list/index.js';
import type { PriceList, PriceListEvent, PriceListState } from '../../domain/price-list/index.js';

/** @throws RangeError when there is no list, which no accepted write answers */
export function priceListAnswer(
  state: PriceListState,
  _events: readonly PriceListEvent[],
  revision: number,
): PriceList {
  if (state.status === 'none') throw new RangeError('a price list that was never created cannot be shown');
  return priceListView(state, revision);
}
