import type { Allocation, InventoryEvent } from '../../domain/inventory/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { changed, created, priced, skusOf, taxed, type Listing, type ProductDocument } from '../catalog/index.js';
import { existing, readModel } from '../../infra/engine/projections/read-model.js';

/** A product of the search index, which filters by availability; the available units are in the stock document. */
export interface SearchedProduct extends ProductDocument {
  inStock: boolean;
}

/** Not those that leave as many available: shipped units leave the shelf and their hold together. */
type Availability = Extract<InventoryEvent, { readonly data: { readonly available: number } }>;

const sku = (event: RecordedEvent<{ readonly sku: string }>): string => event.data.sku;

/** Folds the products of the search index, with whether they are in stock. */
export const searchReadModel = readModel<SearchedProduct, Listing | Availability>({
  name: 'search',
  version: 6,
  indexes: [],
  on: {
    'product.created.v1': {
      key: skusOf,
      evolve: (_, event, id) => ({ ...created(event, id), inStock: false }),
    },
    'product.details-changed.v1': {
      key: ({ data }) => data.skus,
      evolve: (doc, event) => changed(existing(doc, event), event),
    },
    'variant.details-changed.v1': { key: sku, evolve: (doc, event) => taxed(existing(doc, event), event) },
    'variant.prices-changed.v1': { key: sku, evolve: (doc, event) => priced(existing(doc, event), event) },
    'inventory.received.v1': { key: ({ data }) => ifTurned(data, data.quantity), evolve: turned },
    'inventory.adjusted.v1': { key: ({ data }) => ifTurned(data, data.quantity), evolve: turned },
    'inventory.reserved.v1': { key: ({ data }) => ifTurned(data, -units(data.allocations)), evolve: turned },
    'inventory.released.v1': { key: ({ data }) => ifTurned(data, units(data.allocations)), evolve: turned },
  },
});

type Left = Pick<Availability['data'], 'sku' | 'available'>;

/** The SKU where the units that the event added (or took: below 0) made it sold out or in stock: mostly it stays what it was. */
const ifTurned = ({ sku: id, available }: Left, added: number): readonly string[] =>
  available > 0 === available - added > 0 ? [] : [id];

function turned(doc: SearchedProduct | null, event: RecordedEvent<Left>): SearchedProduct {
  const product = existing(doc, event);
  product.inStock = event.data.available > 0;
  return product;
}

const units = (allocations: readonly Allocation[]): number =>
  allocations.reduce((sum, { quantity }) => sum + quantity, 0);
