import type {
  ListTerms,
  PriceRow,
  Prices,
  PricesInForce,
  ProductCreated,
  ProductDetails,
  ProductDetailsChanged,
  ProductEvent,
  ProductOption,
  VariantEvent,
  VariantFacts,
  VariantPriceListChanged,
  VariantPricesChanged,
  VariantPricesInForceChanged,
} from './events.js';

// A product and each of its variants have streams of their own, so the context has two aggregates.

/** A product on offer; what is sold of it is in the streams of its variants. */
export interface ListedProduct extends ProductDetails {
  readonly status: 'listed';
  readonly productId: string;
  readonly options?: readonly ProductOption[];
  readonly skus: readonly string[];
}
export type ProductState = { readonly status: 'none' } | ListedProduct;

export const noProduct = (): ProductState => ({ status: 'none' });

export function evolveProduct(state: ProductState, event: ProductEvent): ProductState {
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

/** The rows of a product with what says which of them are in force, as its events tell it. */
export interface Pricing {
  readonly prices: readonly PriceRow[];
  /** Absent while no price ever had a window. */
  readonly inForce?: PricesInForce;
  /** Terms of the price lists that prices name or once named; absent before there was one. */
  readonly lists?: readonly ListTerms[];
}

/** A SKU that is claimed; it can be sold once its product is created. */
export interface SoldVariant extends VariantFacts, Pricing {
  readonly status: 'sold';
  readonly productId: string;
  readonly prices: Prices;
}
export type VariantState = { readonly status: 'none' } | SoldVariant;

export const noVariant = (): VariantState => ({ status: 'none' });

export function evolveVariant(state: VariantState, event: VariantEvent): VariantState {
  if (event.type === 'variant.created.v1') return { status: 'sold', ...event.data };
  if (state.status === 'none') return state;
  switch (event.type) {
    case 'variant.details-changed.v1':
      return { ...state, taxClass: event.data.taxClass };
    case 'variant.prices-changed.v1':
      return { ...state, ...pricingAfter(state, event), prices: event.data.prices };
    case 'variant.prices-in-force-changed.v1':
    case 'variant.price-list-changed.v1':
      return { ...state, ...pricingAfter(state, event), prices: state.prices };
    default:
      return event satisfies never;
  }
}

export type PricingEvent = VariantPricesChanged | VariantPricesInForceChanged | VariantPriceListChanged;

/** Prices after an event that says something of them, for whoever folds them. */
export function pricingAfter({ prices, inForce, lists }: Pricing, event: PricingEvent): Pricing {
  switch (event.type) {
    case 'variant.prices-changed.v1':
      return pricing(event.data.prices, event.data.inForce ?? inForce, withNewer(lists, event.data.lists ?? []));
    case 'variant.prices-in-force-changed.v1':
      return pricing(prices, event.data.inForce, lists);
    case 'variant.price-list-changed.v1':
      return pricing(prices, inForce, withNewer(lists, [event.data.list]));
    default:
      return event satisfies never;
  }
}

const pricing = (
  prices: readonly PriceRow[],
  inForce: PricesInForce | undefined,
  lists: readonly ListTerms[] = [],
): Pricing => ({ prices, ...(inForce && { inForce }), ...(lists.length > 0 && { lists }) });

/** Of two terms of a list those of its later change count, whichever came first. */
function withNewer(known: readonly ListTerms[] = [], others: readonly ListTerms[]): readonly ListTerms[] {
  const newest = new Map(known.map((list) => [list.code, list]));
  for (const list of others) if (list.revision > (newest.get(list.code)?.revision ?? -1)) newest.set(list.code, list);
  return [...newest.values()];
}
