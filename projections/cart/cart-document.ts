import type { Money, Totals } from '../../domain/shared/index.js';

export interface CartItem {
  sku: string;
  name: string;
  quantity: number;
  /** Frozen when the SKU was last added. */
  unitPrice: Money;
  lineTotal: Money;
}

/** A cart as every write on it answers. Id: the cartId. */
export interface CartDocument {
  cartId: string;
  currency: string;
  reference?: string;
  status: 'open' | 'checked-out' | 'abandoned';
  items: CartItem[];
  totals: Totals;
  version: number;
}
