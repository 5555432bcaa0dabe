import { withFlag, withoutFlag } from '../../domain/order/index.js';
import type {
  OrderAttentionNeeded,
  OrderAttentionResolved,
  OrderRefundFailed,
  OrderRefundRequested,
  RaisedFlag,
} from '../../domain/order/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import type { OrderDocument, OrderRefund } from './order-document.js';

// What support sees to: refunds, and whether a person is needed. Each changes the order that it is given and answers it.

/** A refund that failed may be asked for again: it stays one refund. */
export function refundRequested(
  order: OrderDocument,
  { data, at }: RecordedEvent<OrderRefundRequested['data']>,
): OrderDocument {
  const { refundId, amount, reason } = data;
  const place = order.refunds.findIndex((one) => one.refundId === refundId);
  const said = reason ?? order.refunds[place]?.reason;
  const why = said === undefined ? {} : { reason: said };
  const refund: OrderRefund = { refundId, amount, status: 'requested', requestedAt: at, ...why };
  if (place < 0) order.refunds.push(refund);
  else order.refunds[place] = refund;
  return order;
}

export function refundFailed(order: OrderDocument, { refundId, code }: OrderRefundFailed['data']): OrderDocument {
  const refund = find(order, refundId);
  if (refund === undefined) return order;
  refund.status = 'failed';
  refund.code = code;
  return order;
}

export function refundSucceeded(order: OrderDocument, refundId: string): OrderDocument {
  const refund = find(order, refundId);
  if (refund !== undefined) refund.status = 'refunded';
  return order;
}

export function attentionNeeded(
  order: OrderDocument,
  { data, at }: RecordedEvent<OrderAttentionNeeded['data']>,
): OrderDocument {
  const { code, detail, refundId } = data;
  return attended(
    order,
    withFlag(order.attention, { code, at, detail, ...(refundId === undefined ? {} : { refundId }) }),
  );
}

export const attentionResolved = (order: OrderDocument, data: OrderAttentionResolved['data']): OrderDocument =>
  attended(order, withoutFlag(order.attention, data));

function attended(order: OrderDocument, flags: readonly RaisedFlag[]): OrderDocument {
  order.attention = flags;
  return order;
}

const find = (order: OrderDocument, refundId: string): OrderRefund | undefined =>
  order.refunds.find((one) => one.refundId === refundId);
