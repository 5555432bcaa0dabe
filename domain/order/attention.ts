import { accept } from '../shared/index.js';
import type { Decision, Money } from '../shared/index.js';
import type { NeedAttention, ResolveAttention, RetryPayment } from './commands.js';
import type { OrderAttentionNeeded, OrderAttentionResolved, OrderEvent } from './events.js';
import * as refusal from './refusals.js';
import { isConfirmed } from './state.js';
import type { Attention, ConfirmedOrder, Flagged, Order } from './state.js';

// What of an order needs a person: money that the provider refused for good, or will soon hold no more.

type Decided = Decision<OrderEvent>;

/** What `retry-payment` asks for again; the rest is for a person to settle. */
const OF_THE_WHOLE_PAYMENT: ReadonlySet<string> = new Set(['PAYMENT.CAPTURE_FAILED', 'PAYMENT.VOID_FAILED']);

const hasAttention = (state: Order): state is Flagged => 'attention' in state;

/** A code is flagged once an order; of refunds, which may be many, once each. */
const isSame = (one: Attention, code: string, refundId: string | undefined): boolean =>
  one.code === code && one.refundId === refundId;

const isFlagged = ({ attention }: Flagged, code: string, refundId?: string): boolean =>
  attention.some((one) => isSame(one, code, refundId));

export function needAttention({ code, detail }: NeedAttention, state: Order): Decided {
  if (!hasAttention(state)) return refusal.neverConfirmed(state.status);
  return isFlagged(state, code) ? accept() : accept(needed(state, { code, detail }));
}

export function resolveAttention({ code, refundId }: ResolveAttention, state: Order): Decided {
  if (!hasAttention(state) || !isFlagged(state, code, refundId)) return accept();
  return accept(resolved(state, { code, refundId }));
}

/** The event that flags a refund which failed, unless it is flagged. */
export const refundFlag = (state: ConfirmedOrder, refundId: string, code: string): readonly OrderAttentionNeeded[] => {
  if (isFlagged(state, 'PAYMENT.REFUND_FAILED', refundId)) return [];
  const detail = `The payment provider refused the refund (${code}); ask for it again, or give the money back otherwise.`;
  return [needed(state, { code: 'PAYMENT.REFUND_FAILED', detail, refundId })];
};

/** Flags of refunds that failed and whose money is no longer there to be refunded: somebody gave it back otherwise. */
export function outdatedRefundFlags(state: ConfirmedOrder, left: number): readonly OrderAttentionResolved[] {
  return state.attention
    .filter(({ refundId }) => refundId !== undefined && amountOf(state, refundId) > left)
    .map((flag) => resolved(state, flag));
}

const amountOf = ({ refunds }: ConfirmedOrder, refundId: string): number => refunds.get(refundId)?.amount.amount ?? 0;

/**
 * A person asks again for all that was refused for good: the sagas ask the provider with new keys. A refund keeps its id,
 * so that it is one refund however often it is tried.
 */
export function retryPayment({ captured }: RetryPayment, state: Order): Decided {
  if (!hasAttention(state)) return refusal.nothingToRetry();
  const { orderId } = state.order;
  const events: OrderEvent[] = isConfirmed(state) ? refundsAgain(state, captured) : [];
  if (state.attention.some(({ code }) => OF_THE_WHOLE_PAYMENT.has(code))) {
    events.push({ type: 'order.payment-retry-requested.v1', data: { orderId } });
  }
  return events.length === 0 ? refusal.nothingToRetry() : accept(...events);
}

function refundsAgain(state: ConfirmedOrder, captured: Money): OrderEvent[] {
  const { orderId } = state.order;
  const events: OrderEvent[] = [];
  let left = captured.amount - state.refunded;
  for (const flag of state.attention) {
    const refund = flag.refundId === undefined ? undefined : state.refunds.get(flag.refundId);
    // One that is flagged and did not fail has been asked for again already.
    if (flag.refundId === undefined || refund?.failed !== true) continue;
    const { amount, reason } = refund;
    if (amount.amount > left) {
      events.push(resolved(state, flag));
      continue;
    }
    left -= amount.amount;
    events.push({ type: 'order.refund-requested.v1', data: { orderId, refundId: flag.refundId, amount, reason } });
  }
  return events;
}

const needed = ({ order }: Flagged, attention: Attention): OrderAttentionNeeded => ({
  type: 'order.attention-needed.v1',
  data: { orderId: order.orderId, ...attention },
});

const resolved = (
  { order }: Flagged,
  { code, refundId }: Pick<Attention, 'code'> & { readonly refundId?: string | undefined },
): OrderAttentionResolved => ({
  type: 'order.attention-resolved.v1',
  data: { orderId: order.orderId, code, ...(refundId === undefined ? {} : { refundId }) },
});

/** A list of flags with one more, or without one; for whoever folds them. */
export const withFlag = <Flag extends Attention>(flags: readonly Flag[], flag: Flag): readonly Flag[] => [
  ...flags,
  flag,
];

export const withoutFlag = <Flag extends Attention>(
  flags: readonly Flag[],
  { code, refundId }: OrderAttentionResolved['data'],
): readonly Flag[] => flags.filter((one) => !isSame(one, code, refundId));
