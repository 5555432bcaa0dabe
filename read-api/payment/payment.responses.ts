import { ApiSchema } from '@nestjs/swagger';
import type { Money } from '../../domain/shared/index.js';
import {
  IntegerProperty,
  ListProperty,
  MoneyProperty,
  PaymentBalanceResponse,
  TextProperty,
  TimeProperty,
} from '../../infra/http/index.js';

const OPTIONAL = { required: false };

@ApiSchema({ name: 'PaymentFact', description: 'Something that happened to a payment.' })
export class PaymentFactResponse {
  @TextProperty('What, such as `capture-requested`.', 'authorized')
  readonly type!: string;
  @TimeProperty('When.')
  readonly at!: string;
  @MoneyProperty('How much, where it is about an amount.', 598, OPTIONAL)
  readonly amount?: Money;
  @TextProperty('Why not, as a stable code.', 'PAYMENT.DECLINED', OPTIONAL)
  readonly code?: string;
  @TextProperty('Why not, for people.', 'The payment was declined.', OPTIONAL)
  readonly detail?: string;
  @TextProperty('Which refund it is about.', 'rf_1', OPTIONAL)
  readonly refundId?: string;
  @TextProperty('What the provider calls it.', 're_1', OPTIONAL)
  readonly reference?: string;
  @TextProperty("Why: of a release in ours, of a dispute in the provider's words.", 'fraudulent', OPTIONAL)
  readonly reason?: string;
  @TimeProperty('Of a dispute: until when evidence is taken.', OPTIONAL)
  readonly respondBy?: string;
  @TextProperty('Of a dispute that is closed: `won` where the shop keeps the money, else `lost`.', 'won', OPTIONAL)
  readonly outcome?: string;
}

@ApiSchema({ name: 'Payment', description: 'A payment with its facts, and the balances that are folded from them.' })
export class PaymentResponse extends PaymentBalanceResponse {
  @TextProperty('Whose money it is.', '0Q7B2M4N6P8R')
  readonly orderId!: string;
  @TextProperty('Who was asked for it.', 'sandbox')
  readonly provider!: string;
  @TextProperty('What the provider calls the payment, once it has said so.', 'pi_3Mt', OPTIONAL)
  readonly reference?: string;
  @IntegerProperty("Which part of the order's total it is for.", 1, { minimum: 1 })
  readonly tender!: number;
  @IntegerProperty('Which try at that part it is.', 1, { minimum: 1 })
  readonly attempt!: number;
  @MoneyProperty('What was asked of the provider.', 598)
  readonly amount!: Money;
  @ListProperty(PaymentFactResponse, 'Oldest first.')
  readonly facts!: readonly PaymentFactResponse[];
  @IntegerProperty('Revision of the payment, also its ETag.', 1, { minimum: 0 })
  readonly version!: number;
}
