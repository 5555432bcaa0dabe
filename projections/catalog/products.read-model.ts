import type { RecordedEvent } from '../../infra/event-store/index.js';
import { existing, readModel } from '../../infra/engine/projections/read-model.js';
import { changed, created, priced, skusOf, taxed, type Listing, type ProductDocument } from './product-changes.js';

const sku = (event: RecordedEvent<{ readonly sku: string }>): string => event.data.sku;

export const productsReadModel = readModel<ProductDocument, Listing>({
  name: 'products',
  version: 7,
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
    'variant.prices-changed.v1': {
      key: sku,
      evolve: (doc, event) => priced(existing(doc, event), { type: 'variant.prices-changed.v1', data: event.data }),
    },
    'variant.prices-in-force-changed.v1': {
      key: sku,
      evolve: (doc, event) =>
        priced(existing(doc, event), { type: 'variant.prices-in-force-changed.v1', data: event.data }),
    },
    'variant.price-list-changed.v1': {
      key: sku,
      evolve: (doc, event) => priced(existing(doc, event), { type: 'variant.price-list-changed.v1', data: event.data }),
    },
  },
});
