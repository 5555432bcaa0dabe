import { accept, refuse, sameMoney } from '../shared/index.js';
import type { Aggregate, Decider, Decision, Money, Refused } from '../shared/index.js';
import type {
  ChangeProduct,
  ChangeVariant,
  CreateProduct,
  CreateVariant,
  ProductCommand,
  VariantCommand,
} from './commands.js';
import type {
  ProductCreated,
  ProductDetails,
  ProductDetailsChanged,
  ProductEvent,
  ProductOption,
  VariantEvent,
  VariantFacts,
} from './events.js';

// A product and each of its variants have streams of their own, so the context has two aggregates.

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

const unknownSku = (): Refused => refuse('PRODUCT.UNKNOWN_SKU', 'There is no product with this SKU.');

/** A product on offer; what is sold of it is in the streams of its variants. */
export interface ListedProduct extends ProductDetails {
  readonly status: 'listed';
  readonly productId: string;
  readonly options?: readonly ProductOption[];
  readonly skus: readonly string[];
}
export type ProductState = { readonly status: 'none' } | ListedProduct;

const noProduct = (): ProductState => ({ status: 'none' });

function evolveProduct(state: ProductState, event: ProductEvent): ProductState {
  switch (event.type) {
    case 'product.created.v1':
      return listed(event.data);
    case 'product.details-changed.v1':
      return state.status === 'none' ? state : changedProduct(state, event.data);
    default:
      return event satisfies never;
  }
}

const listed = ({ variants, ...product }: ProductCreated['data']): ListedProduct => ({
  status: 'listed',
  ...product,
  skus: variants.map(({ sku }) => sku),
});

/** Applies a change to a product; a member that is null in the event is removed. */
export function changedProduct<Product extends ProductDetails>(
  product: Product,
  change: ProductDetailsChanged['data'],
): Product {
  const { productId: _product, skus: _skus, description, brand, ...others } = change;
  const changed: Product & { description?: string; brand?: string } = { ...product, ...others };
  if (description === null) delete changed.description;
  else if (description !== undefined) changed.description = description;
  if (brand === null) delete changed.brand;
  else if (brand !== undefined) changed.brand = brand;
  return changed;
}

export function createProduct(command: CreateProduct, state: ProductState): Decision<ProductEvent> {
  if (state.status === 'listed') return refuse('PRODUCT.SKU_TAKEN', 'There is a product with this SKU already.');
  const { type: _, ...product } = tidiedDetails(command);
  if (product.categories.includes(NO_CATEGORY)) return reservedCategory();
  return accept({ type: 'product.created.v1', data: { ...product, variants: product.variants.map(tidiedTaxClass) } });
}

export function changeProduct(command: ChangeProduct, state: ProductState): Decision<ProductEvent> {
  if (state.status === 'none') return unknownSku();
  const changes = changedDetails(tidiedDetails(command), state);
  if (changes.categories?.includes(NO_CATEGORY) === true) return reservedCategory();
  if (Object.keys(changes).length === 0) return accept();
  const { productId, skus } = state;
  return accept({ type: 'product.details-changed.v1', data: { productId, skus, ...changes } });
}

const reservedCategory = (): Refused =>
  refuse('PRODUCT.CATEGORY_RESERVED', `No category may be called ${NO_CATEGORY}: reports call so what has none.`);

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

/** A SKU that is claimed; it can be sold once its product is created. */
export interface SoldVariant extends VariantFacts {
  readonly status: 'sold';
  readonly productId: string;
}
export type VariantState = { readonly status: 'none' } | SoldVariant;

const noVariant = (): VariantState => ({ status: 'none' });

function evolveVariant(state: VariantState, event: VariantEvent): VariantState {
  if (event.type === 'variant.created.v1') return { status: 'sold', ...event.data };
  if (state.status === 'none') return state;
  switch (event.type) {
    case 'variant.details-changed.v1':
      return { ...state, taxClass: event.data.taxClass };
    case 'variant.prices-changed.v1':
      return { ...state, prices: event.data.prices };
    default:
      return event satisfies never;
  }
}

export function createVariant(command: CreateVariant, state: VariantState): Decision<VariantEvent> {
  if (state.status === 'sold') {
    return refuse('PRODUCT.SKU_TAKEN', `There is a product with the SKU ${command.sku} already.`);
  }
  const { type: _, ...variant } = tidiedTaxClass(command);
  return accept({ type: 'variant.created.v1', data: variant });
}

/** Changes tax class and prices. The currency may change as well: carts in another currency then refuse the variant. */
export function changeVariant(command: ChangeVariant, state: VariantState): Decision<VariantEvent> {
  if (state.status === 'none') return unknownSku();
  const { productId, sku, taxClass: taxClassNow, prices: was } = state;
  const { prices } = command;
  const taxClass = tidied(command.taxClass ?? taxClassNow);
  const events: VariantEvent[] = [];
  if (taxClass !== taxClassNow) {
    events.push({ type: 'variant.details-changed.v1', data: { productId, sku, taxClass } });
  }
  if (prices !== undefined && !samePrices(prices, was)) {
    events.push({ type: 'variant.prices-changed.v1', data: { productId, sku, was, prices } });
  }
  return accept(...events);
}

const samePrices = (prices: readonly Money[], others: readonly Money[]): boolean =>
  prices.length === others.length &&
  prices.every((price, index) => {
    const other = others[index];
    return other !== undefined && sameMoney(price, other);
  });

function decideVariant(command: VariantCommand, state: VariantState): Decision<VariantEvent> {
  switch (command.type) {
    case 'create-variant':
      return createVariant(command, state);
    case 'change-variant':
      return changeVariant(command, state);
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
