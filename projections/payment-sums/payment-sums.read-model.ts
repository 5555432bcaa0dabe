import type { PaymentAuthorized, PaymentCaptured, PaymentRefunded, PaymentVoided } from '../../domain/payment/index.js';
import type { Money } from '../../domain/shared/index.js';
import { tallyModel, type Tally } from '../shared/tally.js';

export const PAYMENT_SUMS = ['authorized', 'captured', 'refunded', 'voided'] as const;
export type PaymentSum = (typeof PAYMENT_SUMS)[number];

interface SaidByProvider {
  readonly provider: string;
  readonly channel?: string;
  readonly amount: Money;
}

const counted =
  (sum: PaymentSum) =>
  ({ provider, channel, amount }: SaidByProvider): Tally<PaymentSum> => ({
    currency: amount.currency,
    channel,
    parts: [{ dimension: 'provider', key: provider, adds: { [sum]: amount.amount } }],
  });

/** What providers held, took, gave back and let go, at the time when they said so. */
export const paymentSumsReadModel = tallyModel<
  PaymentSum,
  PaymentAuthorized | PaymentCaptured | PaymentRefunded | PaymentVoided
>({
  name: 'payment-sums',
  version: 1,
  sums: PAYMENT_SUMS,
  on: {
    'payment.authorized.v1': counted('authorized'),
    'payment.captured.v1': counted('captured'),
    'payment.refunded.v1': counted('refunded'),
    'payment.voided.v1': counted('voided'),
  },
});
