import type { Schema } from '../../../shared/api/index.js';
import {
  currencyIn,
  DraftReader,
  filled,
  linesIn,
  someText,
  type MoneyDraft,
  type NamedTextDraft,
  type Reading,
} from '../form/draft-reader.js';

type NewProduct = Schema<'CreateProductBody'>;
/** What can be changed of a product by one request. */
export type ProductFacts = Omit<Schema<'ChangeProductBody'>, 'kind' | 'price'>;

/** What a product says of itself, as it is typed. */
export interface FactsDraft {
  name: string;
  description: string;
  brand: string;
  /** From the widest to the narrowest, one a line. */
  categories: string;
  attributes: NamedTextDraft[];
  taxClass: string;
}

/** A product that is not there yet, as it is typed. */
export interface NewProductDraft extends FactsDraft {
  sku: string;
  kind: string;
  price: MoneyDraft;
}

export const NO_FACTS: FactsDraft = {
  name: '',
  description: '',
  brand: '',
  categories: '',
  attributes: [],
  taxClass: 'standard',
};

export const NO_PRODUCT: NewProductDraft = {
  ...NO_FACTS,
  sku: '',
  kind: 'physical',
  price: { amount: '', currency: 'USD' },
};

export const LABELS = {
  name: 'Name',
  description: 'Description',
  brand: 'Brand',
  categories: 'Categories',
  attributes: 'Attributes',
  taxClass: 'Tax class',
};

/** A product's facts as they are typed. */
export const factsDraft = (product: Schema<'Product'>): FactsDraft => ({
  name: product.name,
  description: product.description ?? '',
  brand: product.brand ?? '',
  categories: product.categories.join('\n'),
  attributes: Object.entries(product.attributes).map(([name, text]) => ({ name, text })),
  taxClass: product.taxClass,
});

function factsIn(draft: FactsDraft, reader: DraftReader) {
  return {
    name: draft.name.trim(),
    ...filled({ description: someText(draft.description), brand: someText(draft.brand) }),
    categories: [...linesIn(draft.categories)],
    attributes: reader.named('attributes', draft.attributes),
    taxClass: someText(draft.taxClass) ?? 'standard',
  };
}

export function readFacts(draft: FactsDraft): Reading<ProductFacts> {
  const reader = new DraftReader();
  return reader.reading(factsIn(draft, reader));
}

export function readNewProduct(draft: NewProductDraft): Reading<NewProduct> {
  const reader = new DraftReader();
  const price = { amount: reader.amount('price.amount', draft.price), currency: currencyIn(draft.price.currency) };
  return reader.reading({
    sku: draft.sku.trim(),
    ...factsIn(draft, reader),
    kind: draft.kind === 'gift-card' ? 'gift-card' : 'physical',
    price: price as NewProduct['price'],
  });
}
