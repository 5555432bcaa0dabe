import { ApiProperty } from '@nestjs/swagger';
import { LineResponse, MoneyResponse, TotalsResponse } from '../shared/index.js';

export class CartResponse {
  @ApiProperty()
  readonly cartId!: string;
  @ApiProperty()
  readonly currency!: string;
  @ApiProperty({ required: false, description: "the client's own" })
  readonly reference?: string;
  @ApiProperty({ enum: ['open', 'checked-out', 'abandoned'] })
  readonly status!: string;
  @ApiProperty({ type: [LineResponse] })
  readonly items!: readonly LineResponse[];
  @ApiProperty()
  readonly totals!: TotalsResponse;
  @ApiProperty({ type: 'integer', description: 'revision of the cart, also its ETag' })
  readonly version!: number;
}

export class ShippingMethodResponse {
  @ApiProperty()
  readonly id!: string;
  @ApiProperty()
  readonly name!: string;
  @ApiProperty()
  readonly price!: MoneyResponse;
}

export class QuoteResponse {
  @ApiProperty()
  readonly totals!: TotalsResponse;
  @ApiProperty({ type: [ShippingMethodResponse] })
  readonly shippingMethods!: readonly ShippingMethodResponse[];
}
