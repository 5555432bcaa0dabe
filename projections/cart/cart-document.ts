import type { LineItem, PricedShipping, Totals } from '../../domain/shared/index.js';

/** A cart as every write on it answers. Id: the cartId. */
export interface CartDocument {
  cartId: string;
  currency: string;
  reference?: string;
  status: 'open' | 'checked-out' | 'abandoned';
  items: LineItem[];
  totals: Totals;
  /** Of its order, once it is checked out. */
  shippingCost?: PricedShipping;
  version: number;
}

/** A cart as it is kept. */
export interface StoredCart extends CartDocument {
  /** RFC 3339 UTC, while it is open: since then nobody has touched it. Indexed, and not shown. */
  lastChange?: string;
}

export const shownCart = ({ lastChange: _lastChange, ...cart }: StoredCart): CartDocument => cart;
