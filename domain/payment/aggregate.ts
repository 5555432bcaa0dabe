import type { Aggregate } from '../shared/index.js';
import type { PaymentCommand } from './commands.js';
import { paymentDecider } from './decider.js';
import type { PaymentEvent } from './events.js';
import type { PaymentState } from './state.js';

/** `payment-{paymentId}`. */
export const paymentAggregate: Aggregate<PaymentState, PaymentCommand, PaymentEvent> = {
  category: 'payment',
  decider: paymentDecider,
};
