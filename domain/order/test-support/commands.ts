import type { CreateShipment, DeliverShipment, FailRefund, OrderCommand, RequestRefund } from '../commands.js';
import { createdAt, deliveredAt, lines, opened, rejected, usd } from './an-order.js';

export const commands = {
  open: { type: 'open-order', order: opened.data },
  confirm: { type: 'confirm-order' },
  reject: { type: 'reject-order', code: rejected.data.code, detail: rejected.data.detail },
  requestCancellation: { type: 'request-cancellation', reason: 'changed my mind' },
  cancel: { type: 'cancel-order' },
  shipAll: { type: 'create-shipment', createdAt },
  complete: { type: 'complete-order' },
} satisfies Record<string, OrderCommand>;

export const ship = (units: Readonly<Record<string, number>>): CreateShipment => ({
  type: 'create-shipment',
  createdAt,
  lines: lines(units),
});

export const deliver = (n: number): DeliverShipment => ({
  type: 'deliver-shipment',
  shipmentId: `o1.${n}`,
  deliveredAt,
  now: deliveredAt,
});

export const refund = (refundId: string, amount: number | undefined, captured: number): RequestRefund => ({
  type: 'request-refund',
  refundId,
  captured: usd(captured),
  reason: 'broken',
  ...(amount === undefined ? {} : { amount: usd(amount) }),
});

export const failRefund = (refundId: string): FailRefund => ({
  type: 'fail-refund',
  refundId,
  code: 'PAYMENT.REFUND_REFUSED',
});
