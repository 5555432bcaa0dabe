import { accept } from '../shared/index.js';
import type { Aggregate, Decider, Decision } from '../shared/index.js';
import { needAttention, resolveAttention, retryPayment } from './attention.js';
import { cancelOrder, requestCancellation } from './cancellation.js';
import type {
  AddNote,
  CancelOrder,
  ConfirmOrder,
  OpenOrder,
  OrderCommand,
  RejectOrder,
  RequestCancellation,
  RequestRepair,
} from './commands.js';
import type { OrderEvent } from './events.js';
import { completeOrder, createShipment, deliverShipment, recordIssuedCards } from './fulfilment.js';
import { addNote } from './notes.js';
import { failRefund, requestRefund } from './refunds.js';
import { requestRepair } from './repairs.js';
import { customerOf, discountedFor, soldIn, soldLines, taxedSale, wholeLines } from './lines.js';
import * as refusal from './refusals.js';
import { evolve, initialState, wasConfirmed } from './state.js';
import type { Order, OrderState } from './state.js';

type Decided = Decision<OrderEvent>;

function openOrder({ order }: OpenOrder, state: OrderState): Decided {
  if (state.status === 'none') return accept({ type: 'order.opened.v1', data: order });
  return state.order.cartId === order.cartId ? accept() : refusal.alreadyOpen();
}

function confirmOrder(state: Order): Decided {
  if (wasConfirmed(state)) return accept();
  if (state.status !== 'pending') return refusal.notPending(state.status);
  if (state.cancellationRequested) return refusal.cancellationRequested();
  const lines = soldLines(state.order, wholeLines(state));
  const { customerId } = state.order;
  const account = customerId === undefined ? {} : { customerId };
  const { order } = state;
  const sale = { lines, ...discountedFor(order), customer: customerOf(order), taxed: taxedSale(order) };
  return accept({ type: 'order.confirmed.v1', data: { ...soldIn(order), ...account, ...sale } });
}

/**
 * Rejects a pending order, or cancels it where a cancellation was requested before the checkout failed. Stock and money are
 * released by then in both cases.
 */
function rejectOrder({ type: _type, ...why }: RejectOrder, state: Order): Decided {
  const { orderId, currency } = state.order;
  if (state.status === 'rejected' || (state.status === 'cancelled' && !state.wasConfirmed)) return accept();
  if (state.status !== 'pending') return refusal.notPending(state.status);
  return state.cancellationRequested
    ? accept({ type: 'order.cancelled.v1', data: { orderId, lines: [], wholly: true } })
    : accept({ type: 'order.rejected.v1', data: { ...soldIn(state.order), currency, ...why } });
}

function decide(command: OrderCommand, state: OrderState): Decided {
  if (command.type === 'open-order') return openOrder(command, state);
  return state.status === 'none' ? refusal.orderNotFound() : decideOpened(command, state);
}

function decideOpened(command: Exclude<OrderCommand, OpenOrder>, state: Order): Decided {
  switch (command.type) {
    case 'confirm-order':
      return confirmOrder(state);
    case 'reject-order':
      return rejectOrder(command, state);
    case 'request-cancellation':
      return requestCancellation(command, state);
    case 'cancel-order':
      return cancelOrder(state);
    case 'add-note':
      return addNote(command, state);
    case 'request-repair':
      return requestRepair(command, state);
    default:
      return decideSold(command, state);
  }
}

type OfAny = OpenOrder | ConfirmOrder | RejectOrder | RequestCancellation | CancelOrder | AddNote | RequestRepair;

/** What follows on the confirmation. */
function decideSold(command: Exclude<OrderCommand, OfAny>, state: Order): Decided {
  switch (command.type) {
    case 'create-shipment':
      return createShipment(command, state);
    case 'deliver-shipment':
      return deliverShipment(command, state);
    case 'record-issued-cards':
      return recordIssuedCards(command, state);
    case 'complete-order':
      return completeOrder(state);
    case 'request-refund':
      return requestRefund(command, state);
    case 'fail-refund':
      return failRefund(command, state);
    case 'need-attention':
      return needAttention(command, state);
    case 'resolve-attention':
      return resolveAttention(command, state);
    case 'retry-payment':
      return retryPayment(command, state);
    default:
      return command satisfies never;
  }
}

/** An order from its opening to its end; it is the arbiter of what is shipped, cancelled and refunded. */
export const orderDecider: Decider<OrderState, OrderCommand, OrderEvent> = {
  initialState,
  decide,
  evolve,
};

/** Stream `order-{orderId}`. */
export const orderAggregate: Aggregate<OrderState, OrderCommand, OrderEvent> = {
  category: 'order',
  decider: orderDecider,
};
