import { ApiProperty } from '@nestjs/swagger';
import { MoneyResponse } from '../shared/index.js';

/** A product as lists show it. */
export class ProductItemResponse {
  @ApiProperty()
  readonly sku!: string;
  @ApiProperty()
  readonly name!: string;
  @ApiProperty({ required: false })
  readonly brand?: string;
  @ApiProperty({ type: [String], description: 'from the widest to the narrowest' })
  readonly categories!: readonly string[];
  @ApiProperty()
  readonly price!: MoneyResponse;
  @ApiProperty({ type: 'integer', description: 'on hand − reserved, over all locations' })
  readonly available!: number;
}

export class ProductResponse extends ProductItemResponse {
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
