import { money, zero } from '../shared/index.js';
import type { Money } from '../shared/index.js';
import type { PaymentAction } from './events.js';
import { isCaptured, isUnsettled } from './state.js';
import type { PaymentState, PaymentStatus } from './state.js';

/** A payment as the API answers it. */
export interface PaymentView {
  readonly paymentId: string;
  readonly orderId: string;
  readonly status: PaymentStatus;
  /** What is held or was taken; 0 after a void. */
  readonly authorized: Money;
  readonly captured: Money;
  readonly refunded: Money;
  /** While money is held: when it will be held no more, where the provider said so. */
  readonly expiresAt?: string;
  /** While the provider waits for the buyer: what the buyer has to do. */
  readonly action?: PaymentAction;
}

/** Null where no payment was requested. */
export function paymentView(state: PaymentState): PaymentView | null {
  if (state.status === 'none') return null;
  const { status, terms } = state;
  const { paymentId, orderId, amount } = terms;
  const nothing = zero(amount.currency);
  if (isCaptured(state)) {
    const { authorized, captured } = state;
    return { paymentId, orderId, status, authorized, captured, refunded: money(state.refunded, amount.currency) };
  }
  const view = { paymentId, orderId, status, authorized: nothing, captured: nothing, refunded: nothing };
  if (isUnsettled(state)) return state.action === null ? view : { ...view, action: state.action };
  if (state.status !== 'authorized') return view;
  const { authorized, expiresAt } = state;
  return { ...view, authorized, ...(expiresAt === null ? {} : { expiresAt }) };
}
