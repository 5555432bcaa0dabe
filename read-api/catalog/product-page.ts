import { PastPrice, ProductItem } from '../../domain/catalog/index.js';
import { count, described, integer, listOf, named, object, optional, text } from '../../domain/shared/schema.js';
import type { Of } from '../../domain/shared/schema.js';
import { nextCursor, pageOf } from '../shared/index.js';

const FacetValue = named(
  'FacetValue',
  object(
    { value: text('For the filter of the same name.', 'Produce'), count: count('Products that would be left.', 12) },
    'A value to narrow a search to.',
  ),
);

const PriceRange = named(
  'PriceRange',
  object(
    {
      from: count('Minor units.', 0),
      to: optional(integer('Minor units; none: whatever is dearer.', 499)),
      count: count('Products that would be left.', 12),
    },
    '`priceMin` and `priceMax` of a narrower search, both inclusive.',
  ),
);

const Facets = named(
  'Facets',
  object(
    {
      category: listOf(FacetValue, 'Categories, the most frequent first.'),
      brand: listOf(FacetValue, 'Brands, the most frequent first.'),
      price: listOf(PriceRange, 'Price ranges, the cheapest first.'),
    },
    'How a search may be narrowed.',
  ),
);

/** A page of products with what all of them have. */
export const ProductPage = named(
  'ProductPage',
  object(
    {
      items: listOf(ProductItem, 'In the order asked for.'),
      nextCursor,
      facets: described(Facets, 'Each counts what all filters but its own leave.'),
      total: count('Products that match; relevance pages through the first 1,000.', 1),
    },
    'A page of products.',
  ),
);
export type ProductPage = Of<typeof ProductPage>;

const Suggestion = named(
  'Suggestion',
  object(
    {
      text: text('Words to search for.', 'Salad blend, 10 oz'),
      sku: optional(text('Where one product alone has this name.', '1000237')),
    },
    'What is being typed may become this.',
  ),
);

export const Suggestions = named(
  'Suggestions',
  object({ items: listOf(Suggestion, 'The likeliest first.') }, 'What is being typed may become these.'),
);
export type Suggestions = Of<typeof Suggestions>;

export const PastPricePage = pageOf(PastPrice, 'PastPricePage');
export type PastPricePage = Of<typeof PastPricePage>;
