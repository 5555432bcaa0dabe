import { Inject, Injectable } from '@nestjs/common';
import { orderAggregate, orderAnswer } from '../../domain/order/index.js';
import type { OrderAnswer, OrderEvent, OrderOpened, OrderState } from '../../domain/order/index.js';
import { paymentAggregate, paymentView } from '../../domain/payment/index.js';
import type { PaymentEvent, PaymentView } from '../../domain/payment/index.js';
import { streamOf, zero } from '../../domain/shared/index.js';
import type { Address, Money } from '../../domain/shared/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore, Position, RecordedEvent } from '../../infra/event-store/index.js';
import type { CommandExecutor } from '../shared/command-executor.js';
import { given } from '../shared/given.js';
import { COMMAND_EXECUTOR } from '../shared/index.js';
import type { Accepted } from '../shared/write-scope.js';

/** What of an order is in its own state. */
export interface OrderSnapshot {
  readonly order: OrderAnswer;
  readonly paymentId: string;
  readonly version: number;
}

/** What only the order's first event tells. */
interface Placing {
  readonly placedAt: string;
  /** Null once the buyer was forgotten. */
  readonly email: string | null;
  readonly shippingAddress: Address | null;
  readonly billingAddress?: Address;
}

export function orderSnapshot(state: OrderState, _events: readonly OrderEvent[], revision: number): OrderSnapshot {
  const order = orderAnswer(state);
  if (order === null || state.status === 'none') throw new RangeError('an accepted command left no order');
  return { order, paymentId: state.order.paymentId, version: revision };
}

/** Orders as writes answer them, the way that reads show them. */
@Injectable()
export class OrderDocuments {
  constructor(
    @Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async after({ answer, position }: Accepted<OrderSnapshot>): Promise<object> {
    const { order, paymentId, version } = answer;
    const [payment, placing] = await Promise.all([this.paymentAt(paymentId, position), this.placing(order.orderId)]);
    return { ...order, payment: payment && ofOrder(payment), ...placing, version };
  }

  /** What was captured for the order so far; null where there is no such order. */
  async captured(orderId: string): Promise<Money | null> {
    const terms = await this.executor.query(orderAggregate, orderId, (state) =>
      state.status === 'none' ? null : { paymentId: state.order.paymentId, currency: state.order.currency },
    );
    if (terms === null) return null;
    const payment = await this.executor.query(paymentAggregate, terms.paymentId, paymentView);
    return payment?.captured ?? zero(terms.currency);
  }

  /** The payment as it was when the order decided: so the answer is the same whenever it is given again. */
  private async paymentAt(paymentId: string, position: Position | null): Promise<PaymentView | null> {
    const { category, decider } = paymentAggregate;
    let state = decider.initialState();
    for await (const event of this.store.read(streamOf(category, paymentId))) {
      if (position === null || event.position > position) break;
      if (isOfPayment(event)) state = decider.evolve(state, event);
    }
    return paymentView(state);
  }

  private async placing(orderId: string): Promise<Placing | null> {
    const stream = streamOf(orderAggregate.category, orderId);
    for await (const event of this.store.read(stream, { limit: 1 })) {
      if (!isOpened(event)) break;
      const { email, shippingAddress, billingAddress } = event.data.personal ?? FORGOTTEN;
      return { placedAt: event.at, email, shippingAddress, ...given({ billingAddress }) };
    }
    return null;
  }
}

const FORGOTTEN = { email: null, shippingAddress: null, billingAddress: undefined };

const isOpened = (event: RecordedEvent): event is RecordedEvent & OrderOpened => event.type === 'order.opened.v1';

const isOfPayment = (event: RecordedEvent): event is RecordedEvent & PaymentEvent => event.type.startsWith('payment.');

const ofOrder = ({ orderId: _orderId, ...payment }: PaymentView): Omit<PaymentView, 'orderId'> => payment;
