import { ApiProperty, OmitType } from '@nestjs/swagger';
import { MoneyResponse, NullableText } from '../shared/index.js';

/** A product as lists show it. */
export class ProductItemResponse {
  @ApiProperty()
  readonly sku!: string;
  @ApiProperty()
  readonly name!: string;
  @NullableText()
  readonly brand!: string | null;
  @ApiProperty({ type: [String], description: 'from the widest to the narrowest' })
  readonly categories!: readonly string[];
  @ApiProperty()
  readonly price!: MoneyResponse;
  @ApiProperty({ type: 'integer', description: 'on hand − reserved, over all locations' })
  readonly available!: number;
  @ApiProperty({ required: false, description: 'the name as HTML text, `<mark>` around what was found' })
  readonly highlight?: string;
}

export class FacetValueResponse {
  @ApiProperty()
  readonly value!: string;
  @ApiProperty({ type: 'integer' })
  readonly count!: number;
}

/** Minor units, both inclusive: `priceMin` and `priceMax` of a narrower search. */
export class PriceRangeResponse {
  @ApiProperty({ type: 'integer' })
  readonly from!: number;
  @ApiProperty({ type: 'integer', required: false })
  readonly to?: number;
  @ApiProperty({ type: 'integer' })
  readonly count!: number;
}

export class FacetsResponse {
  @ApiProperty({ type: [FacetValueResponse] })
  readonly category!: readonly FacetValueResponse[];
  @ApiProperty({ type: [FacetValueResponse] })
  readonly brand!: readonly FacetValueResponse[];
  @ApiProperty({ type: [PriceRangeResponse] })
  readonly price!: readonly PriceRangeResponse[];
}

export class ProductPageResponse {
  @ApiProperty({ type: [ProductItemResponse] })
  readonly items!: readonly ProductItemResponse[];
  @NullableText()
  readonly nextCursor!: string | null;
  @ApiProperty({ description: 'each counts what all filters but its own leave' })
  readonly facets!: FacetsResponse;
  @ApiProperty({ type: 'integer', description: 'products that match; relevance pages through the first 1,000' })
  readonly total!: number;
}

export class SuggestionResponse {
  @ApiProperty()
  readonly text!: string;
  @ApiProperty({ required: false, description: 'where one product alone has this name' })
  readonly sku?: string;
}

export class SuggestionsResponse {
  @ApiProperty({ type: [SuggestionResponse] })
  readonly items!: readonly SuggestionResponse[];
}

export class ProductResponse extends OmitType(ProductItemResponse, ['brand', 'highlight']) {
  @ApiProperty({ required: false })
  readonly brand?: string;
  @ApiProperty()
  readonly productId!: string;
  @ApiProperty({ required: false })
  readonly description?: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  readonly attributes!: Readonly<Record<string, string>>;
  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;
  @ApiProperty({ type: 'integer', description: 'revision of the product, also its ETag' })
  readonly version!: number;
}
