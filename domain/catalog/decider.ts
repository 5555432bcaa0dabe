import { accept, refuse, sameMoney } from '../shared/index.js';
import type { Aggregate, Decider, Decision, Money, Refused } from '../shared/index.js';
import type { CatalogCommand, ChangeDetails, ChangePrice, CreateProduct } from './commands.js';
import { changedDetails } from './changed-details.js';
import type { CatalogEvent, ProductDetails } from './events.js';
import { NO_CATEGORY, tidiedDetails } from './tidied-details.js';
import { withDetails } from './with-details.js';

/** A product as it is listed today. */
export interface ListedProduct extends ProductDetails {
  readonly status: 'listed';
  readonly productId: string;
  readonly sku: string;
  readonly price: Money;
}
export type ProductState = { readonly status: 'none' } | ListedProduct;

export const createProduct = (command: CreateProduct, state: ProductState): Decision<CatalogEvent> => {
  if (state.status === 'listed') {
    return refuse('PRODUCT.SKU_TAKEN', `There is a product with the SKU ${command.sku} already.`);
  }
  const { type: _, ...product } = tidiedDetails(command);
  if (product.categories.includes(NO_CATEGORY)) return reservedCategory();
  return accept({ type: 'product.created.v1', data: product });
};

export const changeDetails = (command: ChangeDetails, state: ProductState): Decision<CatalogEvent> => {
  if (state.status === 'none') return unknownSku();
  const changes = changedDetails(tidiedDetails(command), state);
  if (changes.categories?.includes(NO_CATEGORY) === true) return reservedCategory();
  const events: CatalogEvent[] = [];
  if (Object.keys(changes).length > 0) {
    events.push({ type: 'product.details-changed.v1', data: { sku: state.sku, ...changes } });
  }
  return accept(...events, ...(command.price === undefined ? [] : repriced(command.price, state)));
};

/** The currency may change as well: carts in another one then refuse the product. */
export const changePrice = ({ price }: ChangePrice, state: ProductState): Decision<CatalogEvent> => {
  if (state.status === 'none') return unknownSku();
  return accept(...repriced(price, state));
};

const repriced = (price: Money, { sku, price: was }: ListedProduct): readonly CatalogEvent[] =>
  sameMoney(price, was) ? [] : [{ type: 'product.price-changed.v1', data: { sku, was, price } }];

const reservedCategory = (): Refused =>
  refuse('PRODUCT.CATEGORY_RESERVED', `No category may be called ${NO_CATEGORY}: reports call so what has none.`);

const unknownSku = (): Refused => refuse('PRODUCT.UNKNOWN_SKU', 'There is no product with this SKU.');

const decide = (command: CatalogCommand, state: ProductState): Decision<CatalogEvent> => {
  switch (command.type) {
    case 'create-product':
      return createProduct(command, state);
    case 'change-details':
      return changeDetails(command, state);
    case 'change-price':
      return changePrice(command, state);
    default:
      return command satisfies never;
  }
};

const evolve = (state: ProductState, event: CatalogEvent): ProductState => {
  if (event.type === 'product.created.v1') return { status: 'listed', ...event.data };
  if (state.status === 'none') return state;
  switch (event.type) {
    case 'product.details-changed.v1':
      return withDetails(state, event.data);
    case 'product.price-changed.v1':
      return { ...state, price: event.data.price };
    default:
      return event satisfies never;
  }
};

export const productDecider: Decider<ProductState, CatalogCommand, CatalogEvent> = {
  initialState: () => ({ status: 'none' }),
  decide,
  evolve,
};

/** Stream `product-{sku}`; a product has few events, so no snapshot. */
export const productAggregate: Aggregate<ProductState, CatalogCommand, CatalogEvent> = {
  category: 'product',
  decider: productDecider,
};

/** What a cart takes over of a product; null where there is none. */
export const productFacts = (state: ProductState): SellableProduct | null =>
  state.status === 'none'
    ? null
    : {
        sku: state.sku,
        name: state.name,
        categories: state.categories,
        taxClass: state.taxClass,
        price: state.price,
      };

export type SellableProduct = Pick<ListedProduct, 'sku' | 'name' | 'categories' | 'taxClass' | 'price'>;
