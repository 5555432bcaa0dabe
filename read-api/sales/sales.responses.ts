import { ApiProperty } from '@nestjs/swagger';

/** A sum of money, in full however large it is. */
export class RevenueResponse {
  @ApiProperty({
    type: 'integer',
    description: 'Minor units; exact also beyond 2^53, where a client needs big integers.',
  })
  readonly amount!: bigint;
  @ApiProperty({ pattern: '^[A-Z]{3}$', description: 'ISO 4217' })
  readonly currency!: string;
}

export class SalesItemResponse {
  @ApiProperty({ description: 'the day, category or SKU' })
  readonly key!: string;
  @ApiProperty({ type: 'integer', description: 'orders that touch the key, each once' })
  readonly orders!: number;
  @ApiProperty({ type: 'integer' })
  readonly units!: number;
  @ApiProperty({ description: 'lines after discounts, without tax and shipping' })
  readonly revenue!: RevenueResponse;
}
