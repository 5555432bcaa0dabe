import type { CatalogEvent } from '../../domain/catalog/index.js';
import { outwardOf } from './definition.js';
import { listOf, object, optional, text, textOrNull, texts } from './schema.js';
import { money } from './shapes.js';

const told = outwardOf<CatalogEvent>();
const sku = text();
const categories = listOf(text(), 'from the widest to the narrowest');

export const catalogEvents = [
  told('product.created.v1', {
    description: 'A product is on offer.',
    data: object({
      productId: text(),
      sku,
      name: text(),
      description: optional(text()),
      brand: optional(text()),
      categories,
      attributes: texts(),
      taxClass: text(),
      price: money(),
    }),
  }),
  told('product.details-changed.v1', {
    description: 'Only the members that changed; null takes an optional one away.',
    data: object({
      sku,
      name: optional(text()),
      description: optional(textOrNull()),
      brand: optional(textOrNull()),
      categories: optional(categories),
      attributes: optional(texts()),
      taxClass: optional(text()),
    }),
  }),
  told('product.price-changed.v1', {
    description: 'A product has another price.',
    data: object({ sku, was: money(), price: money() }),
  }),
];
