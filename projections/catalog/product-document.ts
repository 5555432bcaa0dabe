import type { Money } from '../../domain/shared/index.js';

/** A product as the shop shows it, with what can be sold of it now. Id: its SKU. */
export interface ProductDocument {
  productId: string;
  sku: string;
  name: string;
  description?: string;
  brand?: string;
  categories: readonly string[];
  attributes: Readonly<Record<string, string>>;
  taxClass: string;
  price: Money;
  /** On hand − reserved, over all locations. */
  available: number;
  createdAt: string;
  /** Revision of the product's own stream; stock does not change it. */
  version: number;
}
