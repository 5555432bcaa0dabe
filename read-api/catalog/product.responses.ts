import { ApiProperty, ApiSchema, OmitType } from '@nestjs/swagger';
import type { Money } from '../../domain/shared/index.js';
import {
  IntegerProperty,
  ListProperty,
  MoneyProperty,
  NullableText,
  ObjectProperty,
  TextProperty,
  TextsProperty,
  TimeProperty,
} from '../../infra/http/index.js';

const OPTIONAL = { required: false };

@ApiSchema({ name: 'ProductItem', description: 'A product as lists show it.' })
export class ProductItemResponse {
  @TextProperty('Stock keeping unit, which names the product everywhere.', '1000237')
  readonly sku!: string;
  @TextProperty('For people.', 'Salad blend, 10 oz')
  readonly name!: string;
  @NullableText('Who makes it; null where that is not known.', 'National')
  readonly brand!: string | null;
  @TextsProperty('From the widest to the narrowest.', ['Produce', 'Salads'])
  readonly categories!: readonly string[];
  @MoneyProperty('Of one unit.')
  readonly price!: Money;
  @IntegerProperty('On hand − reserved, over all locations.', 502)
  readonly available!: number;
  @TextProperty('The name as HTML text, `<mark>` around what was found.', '<mark>Salad</mark> blend, 10 oz', OPTIONAL)
  readonly highlight?: string;
}

@ApiSchema({ name: 'FacetValue', description: 'A value to narrow a search to.' })
export class FacetValueResponse {
  @TextProperty('For the filter of the same name.', 'Produce')
  readonly value!: string;
  @IntegerProperty('Products that would be left.', 12, { minimum: 0 })
  readonly count!: number;
}

@ApiSchema({ name: 'PriceRange', description: '`priceMin` and `priceMax` of a narrower search, both inclusive.' })
export class PriceRangeResponse {
  @IntegerProperty('Minor units.', 0, { minimum: 0 })
  readonly from!: number;
  @IntegerProperty('Minor units; none: whatever is dearer.', 499, OPTIONAL)
  readonly to?: number;
  @IntegerProperty('Products that would be left.', 12, { minimum: 0 })
  readonly count!: number;
}

@ApiSchema({ name: 'Facets', description: 'How a search may be narrowed.' })
export class FacetsResponse {
  @ListProperty(FacetValueResponse, 'Categories, the most frequent first.')
  readonly category!: readonly FacetValueResponse[];
  @ListProperty(FacetValueResponse, 'Brands, the most frequent first.')
  readonly brand!: readonly FacetValueResponse[];
  @ListProperty(PriceRangeResponse, 'Price ranges, the cheapest first.')
  readonly price!: readonly PriceRangeResponse[];
}

@ApiSchema({ name: 'ProductPage', description: 'A page of products.' })
export class ProductPageResponse {
  @ListProperty(ProductItemResponse, 'In the order asked for.')
  readonly items!: readonly ProductItemResponse[];
  @NullableText('For `cursor` of the next page; null on the last.', null)
  readonly nextCursor!: string | null;
  @ObjectProperty(FacetsResponse, 'Each counts what all filters but its own leave.')
  readonly facets!: FacetsResponse;
  @IntegerProperty('Products that match; relevance pages through the first 1,000.', 1, { minimum: 0 })
  readonly total!: number;
}

@ApiSchema({ name: 'Suggestion', description: 'What is being typed may become this.' })
export class SuggestionResponse {
  @TextProperty('Words to search for.', 'Salad blend, 10 oz')
  readonly text!: string;
  @TextProperty('Where one product alone has this name.', '1000237', OPTIONAL)
  readonly sku?: string;
}

@ApiSchema({ name: 'Suggestions', description: 'What is being typed may become these.' })
export class SuggestionsResponse {
  @ListProperty(SuggestionResponse, 'The likeliest first.')
  readonly items!: readonly SuggestionResponse[];
}

@ApiSchema({ name: 'Product', description: 'A product with its price and what is available of it.' })
export class ProductResponse extends OmitType(ProductItemResponse, ['brand', 'highlight']) {
  @TextProperty('Who makes it.', 'National', OPTIONAL)
  readonly brand?: string;
  @TextProperty('Id of the product, whatever its SKU.', 'g7Tq0lq9m4Q1xk2b')
  readonly productId!: string;
  @TextProperty('Longer text for people.', 'Washed and ready to eat.', OPTIONAL)
  readonly description?: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'What else is to say, by name.',
    example: { packageSize: '10 oz' },
  })
  readonly attributes!: Readonly<Record<string, string>>;
  @TextProperty('By which rates of a tax zone it is taxed.', 'standard')
  readonly taxClass!: string;
  @TimeProperty('When it was created.')
  readonly createdAt!: string;
  @IntegerProperty('Revision of the product, also its ETag.', 0, { minimum: 0 })
  readonly version!: number;
}
