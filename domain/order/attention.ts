import { accept } from '../shared/index.js';
import type { Decision } from '../shared/index.js';
import type { Captured, NeedAttention, ResolveAttention, RetryPayment } from './commands.js';
import type { Attention, OrderAttentionNeeded, OrderAttentionResolved, OrderEvent } from './events.js';
import * as refusal from './refusals.js';
import { isConfirmed, isSameFlag } from './state.js';
import type { ConfirmedOrder, Flagged, Order, OrderRefund } from './state.js';
import { capturedInAll, toCards } from './tenders.js';

// Flags on an order that needs a person: an operation that the provider refused for good, an authorisation that expires.

type Decided = Decision<OrderEvent>;

/** Codes of operations on the whole payment that `retry-payment` requests again. */
const OF_THE_WHOLE_PAYMENT: ReadonlySet<string> = new Set(['PAYMENT.CAPTURE_FAILED', 'PAYMENT.VOID_FAILED']);

const hasAttention = (state: Order): state is Flagged => 'attention' in state;

const isFlagged = ({ attention }: Flagged, code: string, refundId?: string): boolean =>
  attention.some((one) => isSameFlag(one, code, refundId));

export function needAttention({ code, detail }: NeedAttention, state: Order): Decided {
  if (!hasAttention(state)) return refusal.neverConfirmed(state.status);
  return isFlagged(state, code) ? accept() : accept(needed(state, { code, detail }));
}

export function resolveAttention({ code, refundId }: ResolveAttention, state: Order): Decided {
  if (!hasAttention(state) || !isFlagged(state, code, refundId)) return accept();
  return accept(resolved(state, { code, refundId }));
}

/** The event that flags a refund which failed, unless it is flagged. */
export function refundFlag(state: ConfirmedOrder, refundId: string, code: string): readonly OrderAttentionNeeded[] {
  if (isFlagged(state, 'PAYMENT.REFUND_FAILED', refundId)) return [];
  const why = code === 'GIFT_CARD.SPENT' ? 'The gift card was spent before' : 'The payment provider refused';
  const detail = `${why} the refund (${code}); ask for it again, or give the money back otherwise.`;
  return [needed(state, { code: 'PAYMENT.REFUND_FAILED', detail, refundId })];
}

/** Resolves the flags of failed refunds that exceed what is left to refund: their money was given back otherwise. */
export function outdatedRefundFlags(state: ConfirmedOrder, left: number): readonly OrderAttentionResolved[] {
  return state.attention
    .filter(({ refundId }) => refundId !== undefined && amountOf(state, refundId) > left)
    .map((flag) => resolved(state, flag));
}

const amountOf = ({ refunds }: ConfirmedOrder, refundId: string): number => refunds.get(refundId)?.amount.amount ?? 0;

/**
 * Requests again all operations that the provider refused for good: the sagas send them with new idempotency keys. A refund
 * keeps its id, so that it is one refund however often it is tried.
 */
export function retryPayment(command: RetryPayment, state: Order): Decided {
  if (!hasAttention(state)) return refusal.nothingToRetry();
  const { orderId } = state.order;
  const events: OrderEvent[] = isConfirmed(state) ? refundsAgain(state, command) : [];
  if (state.attention.some(({ code }) => OF_THE_WHOLE_PAYMENT.has(code))) {
    events.push({ type: 'order.payment-retry-requested.v1', data: { orderId } });
  }
  return events.length === 0 ? refusal.nothingToRetry() : accept(...events);
}

/** Requests failed refunds again, or one of them, and gives up those whose money was given back otherwise. */
export function refundsAgain(state: ConfirmedOrder, captured: Captured, only?: string): OrderEvent[] {
  const { orderId, personId } = state.order;
  const events: OrderEvent[] = [];
  const again: OrderRefund[] = [];
  let left = capturedInAll(captured).amount - state.refunded;
  for (const flag of state.attention) {
    const refund = flag.refundId === undefined ? undefined : state.refunds.get(flag.refundId);
    // One that is flagged and did not fail has been asked for again already.
    if (flag.refundId === undefined || refund?.failed !== true) continue;
    if (only !== undefined && flag.refundId !== only) continue;
    const { amount } = refund;
    if (amount.amount > left) {
      events.push(resolved(state, flag));
      continue;
    }
    left -= amount.amount;
    const { lines, shipping, reclaims } = refund;
    // Nothing of a refund that failed went to a card, as the provider is asked first.
    const tenders = toCards([...state.refunds.values(), ...again], captured, amount);
    const parts = { lines, ...(shipping && { shipping }), ...tenders, ...(reclaims && { reclaims }) };
    again.push({ amount, ...parts, failed: false });
    const data = { orderId, refundId: flag.refundId, amount, ...parts, personId, reason: null };
    events.push({ type: 'order.refund-requested.v1', data });
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
