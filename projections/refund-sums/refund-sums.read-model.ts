import type { GiftCardRefunded } from '../../domain/gift-card/index.js';
import type { PaymentRefunded } from '../../domain/payment/index.js';
import type { Money } from '../../domain/shared/index.js';
import { tallyModel, type Tally } from '../shared/tally.js';

export const REFUND_SUMS = ['count', 'amount'] as const;
export type RefundSum = (typeof REFUND_SUMS)[number];

/** Stands in the place of a provider for what goes back to gift cards. */
export const GIFT_CARDS = 'gift-card';

interface PaidBack {
  readonly channel?: string;
  readonly amount: Money;
}

const paidBack = ({ channel, amount }: PaidBack, provider: string): Tally<RefundSum> => ({
  currency: amount.currency,
  channel,
  parts: [{ dimension: 'provider', key: provider, adds: { count: 1, amount: amount.amount } }],
});

/** What was paid back, when it was: each part of a refund that goes to a provider or to a gift card by itself. */
export const refundSumsReadModel = tallyModel<RefundSum, PaymentRefunded | GiftCardRefunded>({
  name: 'refund-sums',
  version: 1,
  sums: REFUND_SUMS,
  on: {
    'payment.refunded.v1': (data) => paidBack(data, data.provider),
    'gift-card.refunded.v1': (data) => paidBack(data, GIFT_CARDS),
  },
});
