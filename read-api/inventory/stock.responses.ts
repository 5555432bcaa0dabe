import { ApiProperty } from '@nestjs/swagger';

class UnitsResponse {
  @ApiProperty({ type: 'integer' })
  readonly onHand!: number;
  @ApiProperty({ type: 'integer' })
  readonly reserved!: number;
  @ApiProperty({ type: 'integer', description: 'onHand − reserved' })
  readonly available!: number;
}

export class StockLocationResponse extends UnitsResponse {
  @ApiProperty()
  readonly location!: string;
}

/** The stock of a SKU in all, as live stock tells it. */
export class LiveStockResponse extends UnitsResponse {
  @ApiProperty()
  readonly sku!: string;
}

export class StockResponse extends LiveStockResponse {
  @ApiProperty({ type: [StockLocationResponse] })
  readonly locations!: readonly StockLocationResponse[];
}
