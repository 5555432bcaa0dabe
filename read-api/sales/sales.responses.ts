import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { CurrencyProperty, IntegerProperty, ObjectProperty, TextProperty } from '../../infra/http/index.js';

@ApiSchema({ name: 'Revenue', description: 'A sum of money, in full however large it is.' })
export class RevenueResponse {
  @ApiProperty({
    type: 'integer',
    description: 'Minor units; exact also beyond 2^53, where a client needs big integers.',
    example: 598,
  })
  readonly amount!: bigint;
  @CurrencyProperty()
  readonly currency!: string;
}

@ApiSchema({ name: 'SalesItem', description: 'What was sold of one key in one currency.' })
export class SalesItemResponse {
  @TextProperty('The day, category or SKU.', '2026-03-01')
  readonly key!: string;
  @IntegerProperty('Orders that touch the key, each once.', 1)
  readonly orders!: number;
  @IntegerProperty('Units.', 2)
  readonly units!: number;
  @ObjectProperty(RevenueResponse, 'Lines after discounts, without tax and shipping.')
  readonly revenue!: RevenueResponse;
}
