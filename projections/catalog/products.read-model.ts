import type { CatalogEvent, ProductCreated, ProductDetailsChanged } from '../../domain/catalog/index.js';
import type { Allocation, InventoryEvent } from '../../domain/inventory/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { readModel } from '../read-model.js';
import { existing } from '../shared/index.js';
import type { ProductDocument } from './product-document.js';

/** Units leave the shelf and their hold together when shipped: that does not change what is available. */
type Availability = Exclude<InventoryEvent, { readonly type: 'inventory.committed.v1' }>;

const sku = (event: RecordedEvent<{ readonly sku: string }>): string => event.data.sku;

export const productsReadModel = readModel<ProductDocument, CatalogEvent | Availability>({
  name: 'products',
  version: 3,
  // Found by SKU alone: lists are the search index's.
  indexes: [],
  on: {
    'product.created.v1': { key: sku, evolve: (_, event) => created(event) },
    'product.details-changed.v1': { key: sku, evolve: (doc, event) => changed(existing(doc, event), event) },
    'product.price-changed.v1': {
      key: sku,
      evolve: (doc, event) => Object.assign(existing(doc, event), { price: event.data.price, version: event.revision }),
    },
    'inventory.received.v1': {
      key: sku,
      evolve: (doc, event) => moved(existing(doc, event), event.data.quantity),
    },
    'inventory.adjusted.v1': {
      key: sku,
      evolve: (doc, event) => moved(existing(doc, event), event.data.quantity),
    },
    'inventory.reserved.v1': {
      key: sku,
      evolve: (doc, event) => moved(existing(doc, event), -units(event.data.allocations)),
    },
    'inventory.released.v1': {
      key: sku,
      evolve: (doc, event) => moved(existing(doc, event), units(event.data.allocations)),
    },
  },
});

function created(event: RecordedEvent<ProductCreated['data']>): ProductDocument {
  const { productId, name, description, brand, categories, attributes, taxClass, price } = event.data;
  return {
    productId,
    sku: event.data.sku,
    name,
    ...(description === undefined ? {} : { description }),
    ...(brand === undefined ? {} : { brand }),
    categories,
    attributes,
    taxClass,
    price,
    available: 0,
    createdAt: event.at,
    version: event.revision,
  };
}

function changed(doc: ProductDocument, event: RecordedEvent<ProductDetailsChanged['data']>): ProductDocument {
  const { name, description, brand, categories, attributes, taxClass } = event.data;
  if (name !== undefined) doc.name = name;
  if (description === null) delete doc.description;
  else if (description !== undefined) doc.description = description;
  if (brand === null) delete doc.brand;
  else if (brand !== undefined) doc.brand = brand;
  if (categories !== undefined) doc.categories = categories;
  if (attributes !== undefined) doc.attributes = attributes;
  if (taxClass !== undefined) doc.taxClass = taxClass;
  doc.version = event.revision;
  return doc;
}

function moved(doc: ProductDocument, quantity: number): ProductDocument {
  doc.available += quantity;
  return doc;
}

const units = (allocations: readonly Allocation[]): number =>
  allocations.reduce((sum, { quantity }) => sum + quantity, 0);
