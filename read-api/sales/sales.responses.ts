import { ApiProperty } from '@nestjs/swagger';
import { MoneyResponse } from '../shared/index.js';

export class SalesItemResponse {
  @ApiProperty({ description: 'the day, category or SKU' })
  readonly key!: string;
  @ApiProperty({ type: 'integer', description: 'orders that touch the key, each once' })
  readonly orders!: number;
  @ApiProperty({ type: 'integer' })
  readonly units!: number;
  @ApiProperty({ description: 'lines after discounts, without tax and shipping' })
  readonly revenue!: MoneyResponse;
}
