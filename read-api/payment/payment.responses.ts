import { ApiProperty } from '@nestjs/swagger';
import { MoneyResponse } from '../shared/index.js';

const STATUSES = [
  'requested',
  'authorized',
  'declined',
  'voided',
  'captured',
  'partially-refunded',
  'refunded',
  'failed',
];

/** authorized ≥ captured ≥ refunded ≥ 0. */
export class PaymentBalanceResponse {
  @ApiProperty()
  readonly paymentId!: string;
  @ApiProperty({ enum: STATUSES })
  readonly status!: string;
  @ApiProperty()
  readonly authorized!: MoneyResponse;
  @ApiProperty()
  readonly captured!: MoneyResponse;
  @ApiProperty()
  readonly refunded!: MoneyResponse;
  @ApiProperty({
    required: false,
    format: 'date-time',
    description: 'while money is held: when the provider lets it go by itself, where it said so',
  })
  readonly expiresAt?: string;
}

export class PaymentFactResponse {
  @ApiProperty({ description: 'what happened, such as `capture-requested`' })
  readonly type!: string;
  @ApiProperty({ format: 'date-time' })
  readonly at!: string;
  @ApiProperty({ required: false })
  readonly amount?: MoneyResponse;
  @ApiProperty({ required: false })
  readonly code?: string;
  @ApiProperty({ required: false })
  readonly detail?: string;
  @ApiProperty({ required: false })
  readonly refundId?: string;
}

export class PaymentResponse extends PaymentBalanceResponse {
  @ApiProperty()
  readonly orderId!: string;
  @ApiProperty()
  readonly provider!: string;
  @ApiProperty({ description: 'what was asked of the provider' })
  readonly amount!: MoneyResponse;
  @ApiProperty({ type: [PaymentFactResponse], description: 'oldest first' })
  readonly facts!: readonly PaymentFactResponse[];
  @ApiProperty({ type: 'integer' })
  readonly version!: number;
}
