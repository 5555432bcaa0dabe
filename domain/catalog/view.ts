import { someMoney } from '../shared/index.js';
import {
  count,
  integer,
  listOf,
  named,
  nullable,
  object,
  optional,
  text,
  textsByName,
  time,
} from '../shared/schema.js';
import type { Of } from '../shared/schema.js';

const sku = text('Stock keeping unit, which names the product everywhere.', '1000237');
const name = text('For people.', 'Salad blend, 10 oz');
const categories = listOf(text(), 'From the widest to the narrowest.', ['Produce', 'Salads']);
const price = someMoney('Of one unit.');
const available = integer('On hand − reserved, over all locations.', 502);
const productId = text('Id of the product, whatever its SKU.', 'g7Tq0lq9m4Q1xk2b');
const taxClass = text('By which rates of a tax zone it is taxed.', 'standard');

/** A product as lists show it. */
export const ProductItem = named(
  'ProductItem',
  object(
    {
      sku,
      name,
      brand: nullable(text(), 'Who makes it; null where that is not known.', 'National'),
      categories,
      price,
      available,
      highlight: optional(
        text('The name as HTML text, `<mark>` around what was found.', '<mark>Salad</mark> blend, 10 oz'),
      ),
    },
    'A product as lists show it.',
  ),
);
export type ProductItem = Of<typeof ProductItem>;

/** A variant with its product, and what can be sold of it now. */
export const Product = named(
  'Product',
  object(
    {
      sku,
      name,
      categories,
      price,
      available,
      brand: optional(text('Who makes it.', 'National')),
      productId,
      description: optional(text('Longer text for people.', 'Washed and ready to eat.')),
      attributes: textsByName('What else is to say, by name.', { packageSize: '10 oz' }),
      taxClass,
      createdAt: time('When it was created.'),
      version: count('How often it has changed, also its ETag.', 0),
    },
    'A product with its price and what is available of it.',
  ),
);
export type Product = Of<typeof Product>;

const created = { productId, sku: text('Stock keeping unit, which names the product everywhere.', 'TEA-1') };

export const CreatedProduct = named('CreatedProduct', object(created, 'What the new product is known by.'));
export type CreatedProduct = Of<typeof CreatedProduct>;

/** A product of one variant as writes answer it. */
export const ProductAnswer = named(
  'ProductDetails',
  object(
    {
      ...created,
      name: text('For people.', 'Green tea, 100 g'),
      description: optional(text('Longer text for people.', 'First flush.')),
      brand: optional(text('Who makes it.', 'Hillside')),
      categories: listOf(text(), 'From the widest to the narrowest.', ['Groceries', 'Tea']),
      attributes: textsByName('What else is to say, by name.', { packageSize: '100 g' }),
      taxClass,
      price,
      version: count('How often it has changed, also its ETag.', 1),
    },
    'A product as it is kept, without its stock.',
  ),
);
export type ProductAnswer = Of<typeof ProductAnswer>;
