import type { InventoryState } from './state.js';

export interface LocationView {
  readonly location: string;
  readonly onHand: number;
  readonly reserved: number;
  /** onHand − reserved. */
  readonly available: number;
}

/** Stock as the API answers it. */
export interface StockView {
  readonly sku: string;
  readonly onHand: number;
  readonly reserved: number;
  /** onHand − reserved. */
  readonly available: number;
  /** By name; empty where nothing was ever received. */
  readonly locations: readonly LocationView[];
}

export function stockView(sku: string, state: InventoryState): StockView {
  const { onHand, reserved } = state;
  const locations: LocationView[] = [];
  for (const [location, stock] of state.locations) {
    const available = stock.onHand - stock.reserved;
    locations.push({ location, onHand: stock.onHand, reserved: stock.reserved, available });
  }
  locations.sort((a, b) => (a.location < b.location ? -1 : 1));
  return { sku, onHand, reserved, available: onHand - reserved, locations };
}
