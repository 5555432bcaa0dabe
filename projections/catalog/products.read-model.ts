import type { RecordedEvent } from '../../infra/event-store/index.js';
import { existing, readModel } from '../../infra/engine/projections/read-model.js';
import {
  changed,
  created,
  priced,
  pricesInForce,
  skusOf,
  taxed,
  type Listing,
  type ProductDocument,
} from './product-changes.js';

const sku = (event: RecordedEvent<{ readonly sku: string }>): string => event.data.sku;

export const productsReadModel = readModel<ProductDocument, Listing>({
  name: 'products',
  version: 5,
  // Found by SKU alone: lists are the search index's.
  indexes: [],
  on: {
    'product.created.v1': {
      key: skusOf,
      evolve: (_, event, id) => created(event, id),
    },
    'product.details-changed.v1': {
      key: ({ data }) => data.skus,
      evolve: (doc, event) => changed(existing(doc, event), event),
    },
    'variant.details-changed.v1': { key: sku, evolve: (doc, event) => taxed(existing(doc, event), event) },
    'variant.price-list-changed.v1': { key: sku, evolve: (doc, event) => pricesInForce(existing(doc, event)) },
    'variant.prices-in-force-changed.v1': {
      key: sku,
      evolve: (doc, event) => pricesInForce(existing(doc, event)),
    },
    'variant.prices-changed.v1': { key: sku, evolve: (doc, event) => priced(existing(doc, event), event) },
  },
});
