import { ApiProperty } from '@nestjs/swagger';

export class StockLocationResponse {
  @ApiProperty()
  readonly location!: string;
  @ApiProperty({ type: 'integer' })
  readonly onHand!: number;
  @ApiProperty({ type: 'integer' })
  readonly reserved!: number;
  @ApiProperty({ type: 'integer', description: 'onHand − reserved' })
  readonly available!: number;
}

export class StockResponse {
  @ApiProperty()
  readonly sku!: string;
  @ApiProperty({ type: 'integer' })
  readonly onHand!: number;
  @ApiProperty({ type: 'integer' })
  readonly reserved!: number;
  @ApiProperty({ type: 'integer', description: 'onHand − reserved' })
  readonly available!: number;
  @ApiProperty({ type: [StockLocationResponse] })
  readonly locations!: readonly StockLocationResponse[];
}
