import { refuse } from '../shared/index.js';
import type { Money } from '../shared/index.js';

export const orderNotFound = () => refuse('ORDER.NOT_FOUND', 'There is no such order.');

export const alreadyOpen = () => refuse('ORDER.ALREADY_OPEN', 'This order was opened for another cart.');

export const notPending = (status: string) =>
  refuse('ORDER.NOT_PENDING', `The order is ${status}; its checkout has ended.`, { status });

export const cancellationRequested = () =>
  refuse('ORDER.CANCELLATION_REQUESTED', 'Somebody asked to cancel the order before it was confirmed.');

export const cancellationNotRequested = () =>
  refuse('ORDER.CANCELLATION_NOT_REQUESTED', 'Nobody asked to cancel the order.');

export const notCancellable = (status: string) =>
  refuse('ORDER.NOT_CANCELLABLE', `The order is ${status}; nothing of it is left to be cancelled.`, { status });

export const cardsAreIssued = (status: string) =>
  refuse('ORDER.NOT_CANCELLABLE', 'The order is of gift cards alone: it was paid for them when it was confirmed.', {
    status,
  });

export const notShippable = (status: string, cancelling: boolean) =>
  refuse(
    'ORDER.NOT_SHIPPABLE',
    cancelling ? 'The open lines of the order are being cancelled.' : `An order that is ${status} does not ship.`,
    { status },
  );

export const shipmentEmpty = () => refuse('ORDER.SHIPMENT_EMPTY', 'A shipment has lines, each of at least one unit.');

export const lineNotFound = (sku: string) => refuse('ORDER.LINE_NOT_FOUND', `The order has no line ${sku}.`, { sku });

export const shipmentExceedsOpen = (sku: string, open: number, requested: number) =>
  refuse('ORDER.SHIPMENT_EXCEEDS_OPEN', `${open} units of ${sku} are left to be shipped, fewer than ${requested}.`, {
    sku,
    open,
    requested,
  });

export const shipmentNotFound = () => refuse('ORDER.SHIPMENT_NOT_FOUND', 'The order has no such shipment.');

export const deliveryInFuture = (deliveredAt: string, now: string) =>
  refuse('ORDER.DELIVERY_IN_FUTURE', `A delivery is reported when it has happened; ${deliveredAt} is still to come.`, {
    deliveredAt,
    now,
  });

export const deliveryBeforeShipment = (deliveredAt: string, createdAt: string) =>
  refuse('ORDER.DELIVERY_BEFORE_SHIPMENT', `The shipment left at ${createdAt}; it was not delivered before that.`, {
    deliveredAt,
    createdAt,
  });

export const notDelivered = (status: string) =>
  refuse('ORDER.NOT_DELIVERED', `The order is ${status}, not delivered.`, { status });

export const currencyMismatch = (expected: string, given: string) =>
  refuse('ORDER.CURRENCY_MISMATCH', `The order is in ${expected}, not ${given}.`, { expected, given });

export const refundEmpty = () =>
  refuse('ORDER.REFUND_EMPTY', 'A refund is a whole number of minor units, and more than zero.');

export const refundExceedsCaptured = (refundable: Money) =>
  refuse('PAYMENT.REFUND_EXCEEDS_CAPTURED', 'No more can be refunded than was captured and not yet refunded.', {
    refundable: { ...refundable },
  });

export const cardsSpent = (refundable: Money) =>
  refuse('GIFT_CARD.SPENT', 'Less is left on the gift cards that were bought than is to be refunded of their price.', {
    refundable: { ...refundable },
  });

export const cardsNotIssued = (refundable: Money) =>
  refuse('GIFT_CARD.NOT_ISSUED', 'The gift cards that were bought are just being issued: try again in a moment.', {
    refundable: { ...refundable },
  });

export const neverConfirmed = (status: string) =>
  refuse('ORDER.NOT_CONFIRMED', `The order is ${status} and was never confirmed.`, { status });

export const nothingToRetry = () =>
  refuse(
    'ORDER.NOTHING_TO_RETRY',
    'No capture, release or refund of the order was refused and waits to be tried again.',
  );

export const refundNotFound = () => refuse('ORDER.REFUND_NOT_FOUND', 'The order has no such refund.');

export const repairRequested = (repair: string) =>
  refuse('SAGA.REPAIR_REQUESTED', `Somebody has just asked to ${repair} this process; see what comes of it.`, {
    repair,
  });

export const processDone = () => refuse('SAGA.DONE', 'The process is done: nothing follows any more.');

export const processWaits = () =>
  refuse(
    'SAGA.NOTHING_TO_RETRY',
    'The process waits for what happens next; nothing of it is unanswered or was refused.',
  );

export const notCompensable = () =>
  refuse(
    'SAGA.NOT_COMPENSABLE',
    'The process cannot be brought to a failing end from where it is, or is on its way there.',
  );
