import type { Product } from '../../domain/catalog/index.js';
import type { Kept } from '../shared/kept.js';

/** A variant with its product as the shop shows it, but for what can be sold of it: that is told by its stock. Id: its SKU. */
export type ProductDocument = Kept<Omit<Product, 'available'>>;
