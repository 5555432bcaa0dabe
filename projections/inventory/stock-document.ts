/** Units of a SKU; available = onHand − reserved. */
export interface StockCounts {
  onHand: number;
  reserved: number;
  available: number;
}

export interface StockLocation extends StockCounts {
  location: string;
}

/** Stock of a SKU as a receipt answers it: the locations, by name, add up to the whole. Id: the SKU. */
export interface StockDocument extends StockCounts {
  sku: string;
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
