import { lineItem, normalEmail } from '../../domain/shared/index.js';
import type { OrderEvent, OrderOpened, OrderRejected, OrderStatus } from '../../domain/order/index.js';
import type {
  PaymentCaptureFailed,
  PaymentCaptureRequested,
  PaymentDisputeClosed,
  PaymentDisputed,
  PaymentEvent,
  PaymentRefundFailed,
  PaymentRefundRequested,
  PaymentRequested,
  PaymentVoidRequested,
} from '../../domain/payment/index.js';
import type { PersonEvent } from '../../domain/person/index.js';
import type { ShippingEvent } from '../../domain/shipping/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { readModel } from '../../infra/engine/projections/read-model.js';
import { existing } from '../../infra/engine/projections/existing.js';
import { attentionNeeded, attentionResolved, refundFailed, refundRequested, refundSucceeded } from './order-refunds.js';
import { numberKey } from './order-document.js';
import type { OrderDocument } from './order-document.js';
import * as paymentBalance from './payment-balance.js';
import type { PaymentBalance } from './payment-balance.js';
import {
  cancellationRequested,
  cancelled,
  shipmentBooked,
  shipmentCreated,
  shipmentDelivered,
} from './order-shipments.js';

/** Events of requests, refusals and disputes move no balance and are not shown on an order. */
type MoneyWanted =
  PaymentCaptureRequested | PaymentCaptureFailed | PaymentVoidRequested | PaymentRefundRequested | PaymentRefundFailed;
type MoneyMoved = Exclude<PaymentEvent, MoneyWanted | PaymentDisputed | PaymentDisputeClosed>;

type OfPayment = RecordedEvent<{ readonly orderId: string; readonly paymentId: string }>;
type OfOrder = RecordedEvent<{ readonly orderId: string }>;
type Doc = OrderDocument | null;

const orderId = (event: OfOrder): string => event.data.orderId;
/** Folds an event that changes nothing but the version. */
const decided = { key: orderId, evolve: (doc: Doc, event: OfOrder) => versioned(existing(doc, event), event) };

export const ordersReadModel = readModel<OrderDocument, OrderEvent | MoneyMoved | ShippingEvent | PersonEvent>({
  name: 'orders',
  version: 7,
  indexes: [
    { name: 'by-placed', fields: ['placedAt'] },
    { name: 'by-status', fields: ['status', 'placedAt'] },
    { name: 'by-email', fields: ['emailKey', 'placedAt'] },
    { name: 'by-reference', fields: ['reference', 'placedAt'] },
    { name: 'by-customer', fields: ['customerId', 'placedAt'] },
    { name: 'by-number', fields: ['numberKey', 'placedAt'] },
    { name: 'by-attention', fields: ['needsAttention', 'placedAt'] },
    { name: 'by-sku', each: 'lines', fields: ['sku', 'placedAt'] },
  ],
  on: {
    'order.opened.v1': { key: orderId, evolve: (_, event) => opened(event) },
    'order.confirmed.v1': {
      key: orderId,
      evolve: (doc, event) => versioned(inStatus(existing(doc, event), 'confirmed'), event),
    },
    'order.rejected.v1': {
      key: orderId,
      evolve: (doc, event) => versioned(rejected(existing(doc, event), event.data), event),
    },
    'order.cancellation-requested.v1': {
      key: orderId,
      evolve: (doc, event) => versioned(cancellationRequested(existing(doc, event), event.data), event),
    },
    'order.cancelled.v1': {
      key: orderId,
      evolve: (doc, event) => versioned(cancelled(existing(doc, event), event.data.wholly), event),
    },
    'order.shipment-created.v1': {
      key: orderId,
      evolve: (doc, event) => versioned(shipmentCreated(existing(doc, event), event.data), event),
    },
    'order.shipment-delivered.v1': {
      key: orderId,
      evolve: (doc, event) => {
        const order = shipmentDelivered(existing(doc, event), event.data);
        return versioned(event.data.complete ? inStatus(order, 'delivered') : order, event);
      },
    },
    'order.completed.v1': {
      key: orderId,
      evolve: (doc, event) => versioned(inStatus(existing(doc, event), 'completed'), event),
    },
    'order.refund-requested.v1': {
      key: orderId,
      evolve: (doc, event) => versioned(refundRequested(existing(doc, event), event), event),
    },
    'order.refund-failed.v1': {
      key: orderId,
      evolve: (doc, event) => versioned(refundFailed(existing(doc, event), event.data), event),
    },
    'order.attention-needed.v1': {
      key: orderId,
      evolve: (doc, event) => versioned(attentionNeeded(existing(doc, event), event), event),
    },
    'order.attention-resolved.v1': {
      key: orderId,
      evolve: (doc, event) => versioned(attentionResolved(existing(doc, event), event.data), event),
    },
    'order.payment-retry-requested.v1': decided,
    'payment.requested.v1': {
      key: orderId,
      evolve: (doc, event) => requested(existing(doc, event), event.data),
    },
    'payment.action-required.v1': {
      key: orderId,
      evolve: (doc, event) => settle(doc, event, (payment) => paymentBalance.actionRequired(payment, event.data)),
    },
    'payment.authorized.v1': {
      key: orderId,
      evolve: (doc, event) => settle(doc, event, (payment) => paymentBalance.authorized(payment, event.data)),
    },
    'payment.declined.v1': { key: orderId, evolve: (doc, event) => settle(doc, event, paymentBalance.declined) },
    'payment.failed.v1': { key: orderId, evolve: (doc, event) => settle(doc, event, paymentBalance.failed) },
    'payment.captured.v1': {
      key: orderId,
      evolve: (doc, event) => settle(doc, event, (payment) => paymentBalance.captured(payment, event.data)),
    },
    'payment.voided.v1': { key: orderId, evolve: (doc, event) => settle(doc, event, paymentBalance.voided) },
    'payment.refunded.v1': {
      key: orderId,
      evolve: (doc, event) => {
        const order = refundSucceeded(existing(doc, event), event.data.refundId);
        return settle(order, event, (payment) => paymentBalance.refunded(payment, event.data));
      },
    },
    'shipment.booked.v1': {
      key: orderId,
      evolve: (doc, event) => shipmentBooked(existing(doc, event), event.data),
    },
    'shipment.delivered.v1': {
      key: orderId,
      evolve: (doc, event) => shipmentDelivered(existing(doc, event), event.data),
    },
    // An order that was checked out and not yet opened is opened without what is personal.
    'person.forgotten.v1': { key: ({ data }) => data.orders, evolve: (doc) => doc && withoutPerson(doc) },
  },
});

function opened({ data, at, revision }: RecordedEvent<OrderOpened['data']>): OrderDocument {
  const { personal } = data;
  return {
    orderId: data.orderId,
    orderNumber: data.orderNumber,
    numberKey: numberKey(data.orderNumber),
    ...(data.reference === undefined ? {} : { reference: data.reference }),
    ...(data.customerId === undefined ? {} : { customerId: data.customerId }),
    status: 'pending',
    lines: data.lines.map((line) => ({ ...lineItem(line), quantityShipped: 0, quantityCancelled: 0 })),
    totals: data.totals,
    currentTotal: data.totals.total,
    taxes: data.taxes,
    shippingMethod: data.shipping.method,
    shippingCost: data.shipping,
    pricing: data.pricing,
    destination: data.destination,
    payment: null,
    shipments: [],
    refunds: [],
    attention: [],
    email: personal?.email ?? null,
    emailKey: personal === null ? null : normalEmail(personal.email),
    shippingAddress: personal?.shippingAddress ?? null,
    ...(personal?.billingAddress === undefined ? {} : { billingAddress: personal.billingAddress }),
    placedAt: at,
    version: revision,
  };
}

/** Removes the personal data, as if the order were folded after the person was forgotten; the version stays. */
function withoutPerson(order: OrderDocument): OrderDocument {
  order.email = null;
  order.emailKey = null;
  order.shippingAddress = null;
  delete order.billingAddress;
  delete order.payment?.action;
  for (const refund of order.refunds) delete refund.reason;
  return order;
}

function versioned(order: OrderDocument, event: OfOrder): OrderDocument {
  order.version = event.revision;
  return order;
}

function inStatus(order: OrderDocument, status: OrderStatus): OrderDocument {
  order.status = status;
  return order;
}

function rejected(order: OrderDocument, { orderId: _orderId, ...rejection }: OrderRejected['data']): OrderDocument {
  order.rejection = rejection;
  order.currentTotal = { amount: 0, currency: order.currentTotal.currency };
  return inStatus(order, 'rejected');
}

function paid(order: OrderDocument, payment: PaymentBalance): OrderDocument {
  order.payment = payment;
  return order;
}

/** Shows the last attempt of the first tender; other payments are read by their own ids. */
const requested = (order: OrderDocument, data: PaymentRequested['data']): OrderDocument =>
  data.tender === 1 ? paid(order, paymentBalance.requested(data)) : order;

/** Folds an event into the balance of the payment that is shown. */
function settle(doc: Doc, event: OfPayment, move: (payment: PaymentBalance) => PaymentBalance): OrderDocument {
  const order = existing(doc, event);
  const payment = existing(order.payment, event);
  return payment.paymentId === event.data.paymentId ? paid(order, move(payment)) : order;
}
