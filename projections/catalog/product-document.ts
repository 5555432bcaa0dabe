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
  price: Money;
  /** On hand − reserved, over all locations. */
  available: number;
  createdAt: string;
  /** Name without case and accents: what lists by name are ordered by. */
  nameKey: string;
  /** Revision of the product's own stream; stock does not change it. */
  version: number;
}

/** What clients see of a product. */
export type ProductView = Omit<ProductDocument, 'nameKey'>;

export function productView(doc: ProductDocument): ProductView {
  const { nameKey: _hidden, ...view } = doc;
  return view;
}

const ACCENTS = /\p{M}+/gu;

/** Folds case and accents away, so that “Éclair” stands beside “eclair”. */
export const nameKey = (name: string): string => name.normalize('NFKD').replace(ACCENTS, '').toLowerCase();
