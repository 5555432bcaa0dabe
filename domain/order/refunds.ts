import { accept, money, zero } from '../shared/index.js';
import type { Decision, Money } from '../shared/index.js';
import { outdatedRefundFlags, refundFlag } from './attention.js';
import type { FailRefund, RequestRefund } from './commands.js';
import type { OrderEvent } from './events.js';
import * as refusal from './refusals.js';
import { isConfirmed } from './state.js';
import type { Order } from './state.js';

type Decided = Decision<OrderEvent>;

/** The order is the arbiter of its refunds: what was asked for here counts, whether or not the payment knows it yet. */
export function requestRefund(command: RequestRefund, state: Order): Decided {
  const { refundId, reason, captured } = command;
  const { orderId, currency } = state.order;
  const given = [captured, command.amount ?? captured].find((each) => each.currency !== currency);
  if (given !== undefined) return refusal.currencyMismatch(currency, given.currency);
  if (!isConfirmed(state)) return refusal.refundExceedsCaptured(zero(currency));
  if (state.refunds.has(refundId)) return accept();
  const left = money(Math.max(0, captured.amount - state.refunded), currency);
  const amount = command.amount ?? left;
  if (command.amount !== undefined && !isPositive(command.amount)) return refusal.refundEmpty();
  if (amount.amount === 0 || amount.amount > left.amount) return refusal.refundExceedsCaptured(left);
  const requested: OrderEvent = { type: 'order.refund-requested.v1', data: { orderId, refundId, amount, reason } };
  return accept<OrderEvent>(requested, ...outdatedRefundFlags(state, left.amount - amount.amount));
}

const isPositive = ({ amount }: Money): boolean => Number.isSafeInteger(amount) && amount > 0;

export function failRefund({ refundId, code }: FailRefund, state: Order): Decided {
  const refund = isConfirmed(state) ? state.refunds.get(refundId) : undefined;
  if (!isConfirmed(state) || refund === undefined) return refusal.refundNotFound();
  if (refund.failed) return accept();
  const { orderId } = state.order;
  const failed: OrderEvent = {
    type: 'order.refund-failed.v1',
    data: { orderId, refundId, amount: refund.amount, code },
  };
  return accept<OrderEvent>(failed, ...refundFlag(state, refundId, code));
}
