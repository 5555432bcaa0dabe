import { DEFAULT_CHANNEL } from '../../domain/channel/index.js';
import { askedOfProvider, attentionAt, reasonsOf, rejectionOf, tendersOf } from '../../domain/order/index.js';
import { normalEmail } from '../../infra/shared/email-address.js';
import type { Money } from '../../domain/shared/index.js';
import type { OrderEvent, OrderOpened, OrderRejected, OrderStatus } from '../../domain/order/index.js';
import type {
  PaymentActionRequired,
  PaymentAuthorized,
  PaymentCaptured,
  PaymentCaptureFailed,
  PaymentCaptureRequested,
  PaymentClosed,
  PaymentDisputeClosed,
  PaymentDisputed,
  PaymentEvent,
  PaymentRefunded,
  PaymentRefundFailed,
  PaymentRefundRequested,
  PaymentRequested,
  PaymentVoidRequested,
} from '../../domain/payment/index.js';
import type { PersonEvent } from '../../domain/person/index.js';
import type { ShippingEvent } from '../../domain/shipping/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { existing, readModel, type Fold } from '../../infra/engine/projections/read-model.js';
import { attentionNeeded, attentionResolved, refundFailed, refundRequested, refundSucceeded } from './order-refunds.js';
import { foundByWords, soldWithDiscounts, withoutCodes } from './order-personal.js';
import { cardCaptured, cardOf, cardRefunded, cardReleased, cardsHeld, ofCard, type CardMoved } from './order-cards.js';
import { orderFields } from './order-fields.js';
import type { BuyersOrderView, OrderDocument, PaymentBalance, StaffOrderView } from './order-document.js';
import {
  cancellationRequested,
  cancelled,
  shipmentBooked,
  shipmentCreated,
  shipmentDelivered,
} from './order-shipments.js';

/** Events of requests, refusals and disputes move no balance and are not shown on an order. */
type MoneyWanted =
  | PaymentClosed
  | PaymentCaptureRequested
  | PaymentCaptureFailed
  | PaymentVoidRequested
  | PaymentRefundRequested
  | PaymentRefundFailed;
type MoneyMoved = Exclude<PaymentEvent, MoneyWanted | PaymentDisputed | PaymentDisputeClosed>;

interface OfOrder {
  readonly orderId: string;
}
interface OfPayment extends OfOrder {
  readonly paymentId: string;
}

const orderId = (event: RecordedEvent<OfOrder>): string => event.data.orderId;

/** Folds an event of the order's own stream, whose revision is the version of the document. */
const ofOrder = <Data extends OfOrder>(
  change: (order: OrderDocument, event: RecordedEvent<Data>) => OrderDocument,
): Fold<OrderDocument, Data> => ({
  key: orderId,
  evolve: (doc, event) => {
    const order = change(existing(doc, event), event);
    order.version = event.revision;
    return order;
  },
});

const ofShipment = <Data extends OfOrder>(
  change: (order: OrderDocument, data: Data) => OrderDocument,
): Fold<OrderDocument, Data> => ({
  key: orderId,
  evolve: (doc, event) => change(existing(doc, event), event.data),
});

/** Folds an event into the balance of the payment that the order shows; other payments of it are read by their own ids. */
const ofPayment = <Data extends OfPayment>(
  change: (balance: PaymentBalance, data: Data, order: OrderDocument) => void,
): Fold<OrderDocument, Data> => ({
  key: orderId,
  evolve: (doc, event) => {
    const order = existing(doc, event);
    const balance = existing(order.payment, event);
    if (balance.paymentId === event.data.paymentId) change(balance, event.data, order);
    return order;
  },
});

type Followed = OrderEvent | MoneyMoved | CardMoved | ShippingEvent | PersonEvent;

export const ordersReadModel = readModel<OrderDocument, Followed>({
  name: 'orders',
  version: 12,
  indexes: [
    { name: 'by-placed', fields: ['placedAt'] },
    { name: 'by-status', fields: ['status', 'placedAt'] },
    { name: 'by-email', fields: ['emailKey', 'placedAt'] },
    { name: 'by-reference', fields: ['reference', 'placedAt'] },
    { name: 'by-customer', fields: ['customerId', 'placedAt'] },
    { name: 'by-number', fields: ['numberKey', 'placedAt'] },
    { name: 'by-attention', fields: ['needsAttention', 'placedAt'] },
    { name: 'by-sku', each: 'lines', fields: ['sku', 'placedAt'] },
    { name: 'by-word', each: 'words', fields: ['word', 'placedAt'] },
  ],
  on: {
    'order.opened.v1': { key: orderId, evolve: (_, event) => foundByWords(opened(event)) },
    'order.confirmed.v1': ofOrder((order) => inStatus(order, 'confirmed')),
    'order.rejected.v1': ofOrder((order, { data }) => rejected(order, data)),
    'order.cancellation-requested.v1': ofOrder((order, { data }) => cancellationRequested(order, data)),
    'order.cancelled.v1': ofOrder((order, { data }) => foundByAttention(cancelled(order, data.wholly))),
    'order.shipment-created.v1': ofOrder((order, { data }) => foundByWords(shipmentCreated(order, data))),
    'order.shipment-delivered.v1': ofOrder((order, { data }) => {
      const delivered = shipmentDelivered(order, data);
      return data.complete ? inStatus(delivered, 'delivered') : delivered;
    }),
    'order.gift-cards-issued.v1': ofOrder((order, { data }) => {
      order.giftCards = data.cards;
      return order;
    }),
    'order.completed.v1': ofOrder((order) => inStatus(order, 'completed')),
    'order.refund-requested.v1': ofOrder(refundRequested),
    'order.refund-failed.v1': ofOrder((order, { data }) => refundFailed(order, data)),
    'order.attention-needed.v1': ofOrder((order, event) => foundByAttention(attentionNeeded(order, event))),
    'order.attention-resolved.v1': ofOrder((order, { data }) => foundByAttention(attentionResolved(order, data))),
    // What the saga that retries does next is shown by its own events.
    'order.payment-retry-requested.v1': ofOrder((order) => order),
    // Notes are read from the order's own stream.
    'order.process-retry-requested.v1': ofOrder((order) => order),
    'order.process-compensation-requested.v1': ofOrder((order) => order),
    'order.note-added.v1': ofOrder((order) => order),
    'payment.requested.v1': { key: orderId, evolve: (doc, event) => requested(existing(doc, event), event.data) },
    'payment.action-required.v1': ofPayment(actionRequired),
    'payment.authorized.v1': ofPayment(authorized),
    'payment.declined.v1': ofPayment(declined),
    'payment.failed.v1': ofPayment(failed),
    'payment.captured.v1': ofPayment(captured),
    'payment.voided.v1': ofPayment(voided),
    'payment.refunded.v1': ofPayment((balance, data, order) => {
      refunded(balance, data);
      refundSucceeded(order, data.refundId);
    }),
    'gift-card.captured.v1': ofCard(cardCaptured),
    'gift-card.released.v1': ofCard(cardReleased),
    'gift-card.refunded.v1': ofCard(cardRefunded),
    'shipment.booked.v1': ofShipment((order, data) => foundByWords(shipmentBooked(order, data))),
    'shipment.delivered.v1': ofShipment((order, data) => shipmentDelivered(order, data)),
    // An order that was checked out and not yet opened is opened without what is personal.
    'person.forgotten.v1': { key: ({ data }) => data.orders, evolve: (doc) => doc && withoutPerson(doc) },
  },
  explains: orderFields,
});

function opened({ data, at, revision }: RecordedEvent<OrderOpened['data']>): OrderDocument {
  const { personal } = data;
  return {
    orderId: data.orderId,
    orderNumber: data.orderNumber,
    numberKey: numberKey(data.orderNumber),
    ...(data.reference === undefined ? {} : { reference: data.reference }),
    ...(data.customerId === undefined ? {} : { customerId: data.customerId }),
    channel: data.channel ?? DEFAULT_CHANNEL,
    status: 'pending',
    ...soldWithDiscounts(data),
    totals: data.totals,
    currentTotal: data.totals.total,
    taxes: data.taxes,
    shippingMethod: data.shipping.method,
    pricing: data.pricing,
    destination: data.destination,
    payment: null,
    cards: (data.tenders ?? []).map(cardOf),
    asked: askedOfProvider(data.totals.total, data.tenders),
    shipments: [],
    refunds: [],
    attention: [],
    needsAttention: true,
    words: [],
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
  withoutCodes(order);
  return foundByWords(order);
}

function inStatus(order: OrderDocument, status: OrderStatus): OrderDocument {
  order.status = status;
  return foundByAttention(order);
}

/** Has the order found among those that need a person, or will where it stays as it is. */
function foundByAttention(order: OrderDocument): OrderDocument {
  if (order.attention.length > 0 || order.status === 'pending') order.needsAttention = true;
  else delete order.needsAttention;
  return order;
}

function rejected(order: OrderDocument, data: OrderRejected['data']): OrderDocument {
  order.rejection = rejectionOf(data);
  order.currentTotal = noMoney(order.currentTotal);
  return inStatus(order, 'rejected');
}

/** Shows the last attempt of the first tender. */
function requested(order: OrderDocument, { paymentId, tender, amount }: PaymentRequested['data']): OrderDocument {
  const none = noMoney(amount);
  if (tender !== 1) return order;
  order.payment = { paymentId, status: 'requested', authorized: none, captured: none, refunded: none };
  if (order.cards.length > 0) cardsHeld(order);
  return foundByWords(order);
}

function actionRequired(balance: PaymentBalance, { action }: PaymentActionRequired['data']): void {
  if (action !== null) balance.action = action;
}

function authorized(balance: PaymentBalance, { amount, expiresAt }: PaymentAuthorized['data']): void {
  balance.status = 'authorized';
  delete balance.action;
  balance.authorized = amount;
  if (expiresAt !== undefined) balance.expiresAt = expiresAt;
}

function declined(balance: PaymentBalance): void {
  balance.status = 'declined';
  delete balance.action;
  balance.authorized = noMoney(balance.authorized);
}

/** Folds a missing answer; an outcome that was recorded before stays. */
function failed(balance: PaymentBalance): void {
  if (balance.status === 'requested') balance.status = 'failed';
  delete balance.action;
}

function captured(balance: PaymentBalance, data: PaymentCaptured['data']): void {
  balance.status = 'captured';
  delete balance.expiresAt;
  balance.captured = data.amount;
  balance.authorized = data.authorized;
}

function voided(balance: PaymentBalance): void {
  balance.status = 'voided';
  delete balance.expiresAt;
  delete balance.action;
  balance.authorized = noMoney(balance.authorized);
}

function refunded(balance: PaymentBalance, { amount }: PaymentRefunded['data']): void {
  balance.refunded = { amount: balance.refunded.amount + amount.amount, currency: amount.currency };
  balance.status = balance.refunded.amount < balance.captured.amount ? 'partially-refunded' : 'refunded';
}

const noMoney = ({ currency }: Money): Money => ({ amount: 0, currency });

/** What staff sees; `presentOrderView` adds what the clock tells. */
export const staffOrderView = (doc: OrderDocument): StaffOrderView => ({
  ...commonView(doc),
  attention: reasonsOf(doc.attention),
});

/** What everybody sees who may see the order. */
function commonView(doc: OrderDocument): Omit<StaffOrderView, 'attention'> {
  const {
    customerId: _customer,
    emailKey: _email,
    numberKey: _number,
    needsAttention: _flag,
    words: _words,
    ...shown
  } = doc;
  const { cards, asked, attention: _attention, ...view } = shown;
  const tenders = tendersOf(
    cards.map(({ share: _share, ...card }) => card),
    view.payment,
    asked,
  );
  return { ...view, tenders };
}

/** What staff sees at a time, in milliseconds since the epoch. */
export const presentOrderView = (doc: OrderDocument, now: number): StaffOrderView => ({
  ...commonView(doc),
  attention: attentionAt(doc, now),
});

/** What those see who may see the order: not why it is cared for. */
export function buyersOrderView(doc: OrderDocument): BuyersOrderView {
  const { refunds, ...view } = commonView(doc);
  return { ...view, refunds: refunds.map(({ reason: _reason, code: _code, ...refund }) => refund) };
}

/** Normalises an order number for look-ups: order numbers have no letters that look like digits, so those are read as digits. */
export const numberKey = (orderNumber: string): string =>
  orderNumber
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
