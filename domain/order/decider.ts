import type { Decider, Decision } from '../shared/index.js';
import { needAttention, resolveAttention, retryPayment } from './attention.js';
import { cancelOrder, requestCancellation } from './cancellation.js';
import { confirmOrder, openOrder, rejectOrder } from './checkout.js';
import type {
  CancelOrder,
  ConfirmOrder,
  OpenOrder,
  OrderCommand,
  RejectOrder,
  RequestCancellation,
} from './commands.js';
import type { OrderEvent } from './events.js';
import { evolve } from './evolve.js';
import { completeOrder, createShipment, deliverShipment } from './fulfilment.js';
import { failRefund, requestRefund } from './refunds.js';
import { orderNotFound } from './refusals.js';
import type { Order, OrderState } from './state.js';

type Decided = Decision<OrderEvent>;

function decide(command: OrderCommand, state: OrderState): Decided {
  if (command.type === 'open-order') return openOrder(command, state);
  return state.status === 'none' ? orderNotFound() : decideOpened(command, state);
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
    default:
      return decideSold(command, state);
  }
}

type OfPending = OpenOrder | ConfirmOrder | RejectOrder | RequestCancellation | CancelOrder;

/** What follows on the confirmation. */
function decideSold(command: Exclude<OrderCommand, OfPending>, state: Order): Decided {
  switch (command.type) {
    case 'create-shipment':
      return createShipment(command, state);
    case 'deliver-shipment':
      return deliverShipment(command, state);
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
  initialState: () => ({ status: 'none' }),
  decide,
  evolve,
};
