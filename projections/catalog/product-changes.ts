import { pricingAfter } from '../../domain/catalog/index.js';
import type {
  CatalogEvent,
  Pricing,
  PricingEvent,
  Product,
  ProductCreated,
  ProductDetailsChanged,
  VariantDetailsChanged,
} from '../../domain/catalog/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import type { Kept } from '../shared/kept.js';

/** What is worked out of the prices for who asks, and told by the stock. */
type NotKept = 'available' | 'price' | 'wasPrice' | 'lowestPrice30Days' | 'tiers';

/** A variant with its product as the shop shows it, and its prices wherever they are asked for. Id: its SKU. */
export interface ProductDocument extends Kept<Omit<Product, NotKept>> {
  pricing: Pricing;
}

// Folds of the catalogue's events. Each but `created` changes the document that it is given, which may be part of a larger one, and
// returns it.

/** A SKU that is claimed is listed once its product is there. */
export type Listing = Exclude<CatalogEvent, { readonly type: 'variant.created.v1' }>;

export const skusOf = ({ data }: RecordedEvent<ProductCreated['data']>): readonly string[] =>
  data.variants.map(({ sku }) => sku);

export function created({ data, at }: RecordedEvent<ProductCreated['data']>, sku: string): ProductDocument {
  const { productId, name, description, brand, categories, attributes } = data;
  const variant = data.variants.find((each) => each.sku === sku);
  if (variant === undefined) throw new RangeError(`the product ${productId} has no variant ${sku}`);
  return {
    productId,
    sku,
    name,
    ...(description === undefined ? {} : { description }),
    ...(brand === undefined ? {} : { brand }),
    categories,
    attributes,
    taxClass: variant.taxClass,
    ...(variant.kind === undefined ? {} : { kind: variant.kind }),
    pricing: { prices: variant.prices },
    createdAt: at,
    version: 0,
  };
}

export function changed<Doc extends ProductDocument>(
  doc: Doc,
  { data }: RecordedEvent<ProductDetailsChanged['data']>,
): Doc {
  const { name, description, brand, categories, attributes } = data;
  if (name !== undefined) doc.name = name;
  if (description === null) delete doc.description;
  else if (description !== undefined) doc.description = description;
  if (brand === null) delete doc.brand;
  else if (brand !== undefined) doc.brand = brand;
  if (categories !== undefined) doc.categories = categories;
  if (attributes !== undefined) doc.attributes = attributes;
  doc.version++;
  return doc;
}

export function taxed<Doc extends ProductDocument>(
  doc: Doc,
  { data }: RecordedEvent<VariantDetailsChanged['data']>,
): Doc {
  doc.taxClass = data.taxClass;
  doc.version++;
  return doc;
}

/** Prices that changed, began or ended, or whose list did. */
export function priced<Doc extends ProductDocument>(doc: Doc, event: PricingEvent): Doc {
  doc.pricing = pricingAfter(doc.pricing, event);
  doc.version++;
  return doc;
}
