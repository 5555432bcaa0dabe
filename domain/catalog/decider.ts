import { accept } from '../shared/index.js';
import type { Aggregate, Decider, Decision } from '../shared/index.js';
import type {
  ChangeProduct,
  ChangeVariant,
  CreateProduct,
  CreateVariant,
  ProductCommand,
  VariantCommand,
} from './commands.js';
import type { ProductDetails, ProductDetailsChanged, ProductEvent, VariantEvent } from './events.js';
import { followPriceList, passWindow, samePrices, setPrices, withPrice } from './price-rows.js';
import { kindFixed, reservedCategory, skuTaken, unknownSku } from './refusals.js';
import { evolveProduct, evolveVariant, noProduct, noVariant } from './state.js';
import type { ProductState, VariantState } from './state.js';

/** Reports count products without a category under this name, so no category may have it. */
export const NO_CATEGORY = 'uncategorised';

/** Normalises a text to NFC without blanks around it, so that equal values compare equal wherever they are counted. */
export const tidied = (text: string): string => text.normalize('NFC').trim();

interface Described {
  readonly brand?: string | null;
  readonly categories?: readonly string[];
}

/** Normalises brand and categories for the log; a category that is repeated stays at its first place. */
function tidiedDetails<Details extends Described>(details: Details): Details {
  const { brand, categories } = details;
  return {
    ...details,
    ...(typeof brand === 'string' ? { brand: tidied(brand) } : {}),
    ...(categories === undefined ? {} : { categories: [...new Set(categories.map(tidied))] }),
  };
}

/** Normalises the tax class for the log. */
const tidiedTaxClass = <Taxed extends { readonly taxClass: string }>(taxed: Taxed): Taxed => ({
  ...taxed,
  taxClass: tidied(taxed.taxClass),
});

export function createProduct(command: CreateProduct, state: ProductState): Decision<ProductEvent> {
  if (state.status === 'listed') return skuTaken();
  const { type: _, ...product } = tidiedDetails(command);
  if (product.categories.includes(NO_CATEGORY)) return reservedCategory(NO_CATEGORY);
  return accept({ type: 'product.created.v1', data: { ...product, variants: product.variants.map(tidiedTaxClass) } });
}

export function changeProduct(command: ChangeProduct, state: ProductState): Decision<ProductEvent> {
  if (state.status === 'none') return unknownSku();
  const changes = changedDetails(tidiedDetails(command), state);
  if (changes.categories?.includes(NO_CATEGORY) === true) return reservedCategory(NO_CATEGORY);
  if (Object.keys(changes).length === 0) return accept();
  const { productId, skus } = state;
  return accept({ type: 'product.details-changed.v1', data: { productId, skus, ...changes } });
}

type DetailChanges = Omit<ProductDetailsChanged['data'], 'productId' | 'skus'>;
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Selects the members of the command that differ from the product; null only where there is a value to remove. */
function changedDetails(wanted: ChangeProduct, now: ProductDetails): DetailChanges {
  const changes: Mutable<DetailChanges> = {};
  if (wanted.name !== undefined && wanted.name !== now.name) changes.name = wanted.name;
  if (differs(wanted.description, now.description)) changes.description = wanted.description;
  if (differs(wanted.brand, now.brand)) changes.brand = wanted.brand;
  if (wanted.categories !== undefined && !sameList(wanted.categories, now.categories)) {
    changes.categories = wanted.categories;
  }
  if (wanted.attributes !== undefined && !sameAttributes(wanted.attributes, now.attributes)) {
    changes.attributes = wanted.attributes;
  }
  return changes;
}

const differs = (wanted: string | null | undefined, now: string | undefined): wanted is string | null =>
  wanted !== undefined && wanted !== (now ?? null);

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each, index) => each === b[index]);

function sameAttributes(a: ProductDetails['attributes'], b: ProductDetails['attributes']): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && a[name] === b[name]);
}

function decideProduct(command: ProductCommand, state: ProductState): Decision<ProductEvent> {
  switch (command.type) {
    case 'create-product':
      return createProduct(command, state);
    case 'change-product':
      return changeProduct(command, state);
    default:
      return command satisfies never;
  }
}

export const productDecider: Decider<ProductState, ProductCommand, ProductEvent> = {
  initialState: noProduct,
  decide: decideProduct,
  evolve: evolveProduct,
};

/** Stream `product-{productId}`; a product has few events, so no snapshot. */
export const productAggregate: Aggregate<ProductState, ProductCommand, ProductEvent> = {
  category: 'product',
  decider: productDecider,
};

export function createVariant(command: CreateVariant, state: VariantState): Decision<VariantEvent> {
  if (state.status === 'sold') return skuTaken(command.sku);
  const { type: _, ...variant } = tidiedTaxClass(command);
  return accept({ type: 'variant.created.v1', data: variant });
}

export function changeVariant(command: ChangeVariant, state: VariantState): Decision<VariantEvent> {
  if (state.status === 'none') return unknownSku();
  const { productId, sku, taxClass: taxClassNow, prices: was, kind = 'physical' } = state;
  if (command.kind !== undefined && command.kind !== kind) return kindFixed(kind);
  const { prices: all = was, price } = command;
  const prices = price === undefined ? all : withPrice(all, price);
  const taxClass = tidied(command.taxClass ?? taxClassNow);
  const events: VariantEvent[] = [];
  if (taxClass !== taxClassNow) {
    events.push({ type: 'variant.details-changed.v1', data: { productId, sku, taxClass } });
  }
  if (!samePrices(prices, was)) {
    events.push({ type: 'variant.prices-changed.v1', data: { productId, sku, was, prices } });
  }
  return accept(...events);
}

function decideVariant(command: VariantCommand, state: VariantState): Decision<VariantEvent> {
  switch (command.type) {
    case 'create-variant':
      return createVariant(command, state);
    case 'change-variant':
      return changeVariant(command, state);
    case 'set-prices':
      return setPrices(command, state);
    case 'pass-window':
      return passWindow(command, state);
    case 'follow-price-list':
      return followPriceList(command, state);
    default:
      return command satisfies never;
  }
}

export const variantDecider: Decider<VariantState, VariantCommand, VariantEvent> = {
  initialState: noVariant,
  decide: decideVariant,
  evolve: evolveVariant,
};

/** Stream `variant-{sku}`; a variant has few events, so no snapshot. */
export const variantAggregate: Aggregate<VariantState, VariantCommand, VariantEvent> = {
  category: 'variant',
  decider: variantDecider,
};
