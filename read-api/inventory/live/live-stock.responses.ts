import { ApiProperty } from '@nestjs/swagger';

export class LiveStockResponse {
  @ApiProperty()
  readonly sku!: string;
  @ApiProperty({ type: 'integer' })
  readonly onHand!: number;
  @ApiProperty({ type: 'integer' })
  readonly reserved!: number;
  @ApiProperty({ type: 'integer', description: 'onHand − reserved' })
  readonly available!: number;
}
