import { ApiSchema } from '@nestjs/swagger';
import type { Money } from '../../../domain/shared/index.js';
import { ChoiceProperty, MoneyProperty, ObjectProperty, TextProperty, TimeProperty } from './properties.js';

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

@ApiSchema({ name: 'PaymentAction', description: 'What the buyer has to do before the provider decides.' })
export class PaymentActionResponse {
  @ChoiceProperty('`redirect`: the buyer goes to the page and comes back.', ['redirect'], 'redirect')
  readonly type!: string;
  @TextProperty('The page, of the provider or of the bank.', 'https://bank.example/confirm')
  readonly url!: string;
}

@ApiSchema({ name: 'PaymentBalance', description: 'authorized ≥ captured ≥ refunded ≥ 0.' })
export class PaymentBalanceResponse {
  @TextProperty('Id of the payment.', 'pay_7Hq2')
  readonly paymentId!: string;
  @ChoiceProperty('How far the payment has come.', STATUSES, 'authorized')
  readonly status!: string;
  @MoneyProperty('Held or taken; 0 after a void.', 598)
  readonly authorized!: Money;
  @MoneyProperty('Taken so far.', 0)
  readonly captured!: Money;
  @MoneyProperty('Given back so far.', 0)
  readonly refunded!: Money;
  @TimeProperty('While money is held: when the provider lets it go by itself, where it said so.', { required: false })
  readonly expiresAt?: string;
  @ObjectProperty(PaymentActionResponse, 'While the provider waits for the buyer, as in 3-D Secure.', {
    required: false,
  })
  readonly action?: PaymentActionResponse;
}
