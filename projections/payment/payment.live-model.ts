import { paymentDecider, paymentView } from '../../domain/payment/index.js';
import type { PaymentEvent, PaymentFact, PaymentState, PaymentWithFacts } from '../../domain/payment/index.js';
import { liveModel } from '../../infra/engine/projections/live-model.js';
import { paymentFields } from './payment-fields.js';
import { factOf } from './payment-facts.js';

interface PaymentStory {
  readonly payment: PaymentState;
  readonly facts: PaymentFact[];
}

/** Id: the paymentId. By the fold that decides about the payment, so that reads and writes show the same balances. */
export const paymentLiveModel = liveModel<PaymentStory, PaymentEvent, PaymentWithFacts>({
  name: 'payments',
  category: 'payment',
  initialState: () => ({ payment: paymentDecider.initialState(), facts: [] }),
  evolve: ({ payment, facts }, event) => {
    facts.push(factOf(event));
    return { payment: paymentDecider.evolve(payment, event), facts };
  },
  show: ({ payment, facts }, version) => {
    const view = paymentView(payment);
    if (payment.status === 'none' && payment.closed) return null;
    if (view === null || payment.status === 'none')
      throw new RangeError('a payment that was never requested cannot be shown');
    const { terms, reference } = payment;
    const { provider, tender, attempt, amount } = terms;
    const named = reference === null ? {} : { reference };
    return { ...view, provider, ...named, tender, attempt, amount, facts, version };
  },
  explains: paymentFields,
});
