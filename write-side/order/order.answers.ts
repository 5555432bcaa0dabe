import { Inject, Injectable } from '@nestjs/common';
import { orderAggregate, orderAnswer } from '../../domain/order/index.js';
import type { OrderAnswer, OrderEvent, OrderOpened, OrderState, OrderView } from '../../domain/order/index.js';
import { paymentAggregate, paymentView } from '../../domain/payment/index.js';
import type { PaymentEvent, PaymentView } from '../../domain/payment/index.js';
import { streamOf, zero } from '../../domain/shared/index.js';
import type { Money } from '../../domain/shared/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { Position } from '../../infra/shared/position.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import { omitNullish, problem } from '../../infra/http/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';
import { COMMAND_EXECUTOR } from '../shared/index.js';
import type { Accepted } from '../shared/write-scope.js';

/** The part of an order's answer that its own state has. */
export interface OrderSnapshot {
  readonly order: OrderAnswer;
  readonly paymentId: string;
  readonly version: number;
}

/** The part of an order's answer that is only in its first event. */
type Placing = Pick<OrderView, 'placedAt' | 'email' | 'shippingAddress' | 'billingAddress'>;

export function orderSnapshot(state: OrderState, _events: readonly OrderEvent[], revision: number): OrderSnapshot {
  const order = orderAnswer(state);
  if (order === null || state.status === 'none') throw new RangeError('an accepted command left no order');
  return { order, paymentId: state.order.paymentId, version: revision };
}

/** Makes the answers of writes to orders, in the same shape as reads. */
@Injectable()
export class OrderAnswers {
  constructor(
    @Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async after({ answer, position }: Accepted<OrderSnapshot>): Promise<OrderView> {
    const { order, paymentId, version } = answer;
    const [payment, placing] = await Promise.all([this.paymentAt(paymentId, position), this.placing(order.orderId)]);
    return { ...order, payment: payment && ofOrder(payment), ...placing, version };
  }

  /** Looks up the amount that was captured for the order so far. @throws ProblemError 404 ORDER.NOT_FOUND */
  async captured(orderId: string): Promise<Money> {
    const terms = await this.executor.query(orderAggregate, orderId, (state) =>
      state.status === 'none' ? null : { paymentId: state.order.paymentId, currency: state.order.currency },
    );
    if (terms === null) throw problem('ORDER.NOT_FOUND', 'There is no such order.');
    const payment = await this.executor.query(paymentAggregate, terms.paymentId, paymentView);
    return payment?.captured ?? zero(terms.currency);
  }

  /** Folds the payment up to the order's decision, so that a repeated request gets the same answer. */
  private async paymentAt(paymentId: string, position: Position | null): Promise<PaymentView | null> {
    const { category, decider } = paymentAggregate;
    let state = decider.initialState();
    for await (const event of this.store.read(streamOf(category, paymentId))) {
      if (position === null || event.position > position) break;
      if (isOfPayment(event)) state = decider.evolve(state, event);
    }
    return paymentView(state);
  }

  private async placing(orderId: string): Promise<Placing> {
    const stream = streamOf(orderAggregate.category, orderId);
    for await (const event of this.store.read(stream, { limit: 1 })) {
      if (!isOpened(event)) continue;
      const { email, shippingAddress, billingAddress } = event.data.personal ?? FORGOTTEN;
      return { placedAt: event.at, email, shippingAddress, ...omitNullish({ billingAddress }) };
    }
    throw new RangeError(`the order ${orderId} was never opened`);
  }
}

const FORGOTTEN = { email: null, shippingAddress: null, billingAddress: undefined };

const isOpened = (event: RecordedEvent): event is RecordedEvent & OrderOpened => event.type === 'order.opened.v1';

const isOfPayment = (event: RecordedEvent): event is RecordedEvent & PaymentEvent => event.type.startsWith('payment.');

const ofOrder = ({ orderId: _orderId, ...payment }: PaymentView): Omit<PaymentView, 'orderId'> => payment;
