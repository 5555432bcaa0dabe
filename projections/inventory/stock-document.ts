import type { LocationView, StockView } from '../../domain/inventory/index.js';
import type { Kept } from '../shared/kept.js';

export type StockLocation = Kept<LocationView>;
export type StockCounts = Pick<StockLocation, 'onHand' | 'reserved' | 'available'>;

/** Stock of a SKU as a receipt answers it: the locations, by name, add up to the whole. Id: the SKU. */
export interface StockDocument extends Kept<StockView> {
  /** Revision of the SKU's inventory stream; -1 where nothing was received, which guards the first receipt. */
  version: number;
  locations: StockLocation[];
}

/** What is shown of a product for which nothing was ever received. */
export const noStock = (sku: string): StockDocument => ({
  sku,
  version: -1,
  onHand: 0,
  reserved: 0,
  available: 0,
  locations: [],
});
