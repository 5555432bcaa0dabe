import type { CatalogEvent } from '../../domain/catalog/index.js';
import { outwardOf } from './definition.js';
import {
  flag,
  integer,
  listOf,
  nullable,
  object,
  optional,
  text,
  textsByName,
  time,
} from '../../domain/shared/schema.js';
import { Money } from '../../domain/shared/index.js';

const told = outwardOf<CatalogEvent>();
const productId = text();
const sku = text();
const categories = listOf(text(), 'from the widest to the narrowest');
const prices = listOf(
  object({
    ...Money.fields,
    minQuantity: optional(integer('from so many units on')),
    list: optional(text('code of a price list')),
    customerGroup: optional(text()),
    channel: optional(text()),
    from: optional(time()),
    to: optional(time()),
  }),
  'each with the conditions that all have to hold; at most one a currency without any',
);

export const catalogEvents = [
  told('product.created.v1', {
    description: 'A product is on offer, with its variants, which are what is sold.',
    data: object({
      productId,
      name: text(),
      description: optional(text()),
      brand: optional(text()),
      categories,
      attributes: textsByName(),
      variants: listOf(
        object({
          sku,
          options: optional(textsByName()),
          prices,
          attributes: optional(textsByName()),
          taxClass: text(),
          kind: optional(text()),
        }),
      ),
    }),
  }),
  told('product.details-changed.v1', {
    description: 'Only the members that changed; null takes an optional one away. `skus` are all variants.',
    data: object({
      productId,
      skus: listOf(text()),
      name: optional(text()),
      description: optional(nullable(text())),
      brand: optional(nullable(text())),
      categories: optional(categories),
      attributes: optional(textsByName()),
    }),
  }),
  told('variant.details-changed.v1', {
    description: 'Only the members that changed.',
    data: object({ productId, sku, taxClass: text() }),
  }),
  told('variant.prices-changed.v1', {
    description: 'A variant has other prices: all that it had, and all that it has.',
    data: object({ productId, sku, was: prices, prices }),
  }),
  told('variant.prices-in-force-changed.v1', {
    description: 'Prices of a variant began or ended, as their windows say.',
    data: object({
      productId,
      sku,
      inForce: object({ at: time(), priceIds: listOf(text(), 'of the prices with a window') }),
    }),
  }),
  told('variant.price-list-changed.v1', {
    description: 'A price list that prices of a variant name, or once named, has other terms.',
    data: object({
      productId,
      sku,
      list: object({
        code: text(),
        revision: integer('of the list: later terms have a higher one'),
        priority: integer(),
        customerGroups: optional(listOf(text())),
        channels: optional(listOf(text())),
        countries: optional(listOf(text())),
        isInForce: flag(),
      }),
    }),
  }),
];
