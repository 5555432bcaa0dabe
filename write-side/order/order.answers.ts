import { Inject, Injectable } from '@nestjs/common';
import { cardOfOrder, giftCardAggregate, reclaimableCard } from '../../domain/gift-card/index.js';
import type { GiftCardEvent } from '../../domain/gift-card/index.js';
import { askedOfProvider, boughtCards, orderAggregate, orderAnswer, tendersOf } from '../../domain/order/index.js';
import type {
  CardTender,
  Captured,
  OrderAnswer,
  OrderEvent,
  OrderOpened,
  OrderState,
  OrderView,
  RequestRefund,
} from '../../domain/order/index.js';
import { paymentAggregate, paymentView } from '../../domain/payment/index.js';
import type { PaymentEvent, PaymentView } from '../../domain/payment/index.js';
import { streamOf, zero } from '../../domain/shared/index.js';
import type { GiftCardShare, Money } from '../../domain/shared/index.js';
import { asEvent, EVENT_STORE } from '../../infra/event-store/index.js';
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
  /** What gift cards pay. */
  readonly shares: readonly GiftCardShare[];
  readonly version: number;
}

/** The part of an order's answer that is only in its first event. */
type Placing = Pick<OrderView, 'placedAt' | 'email' | 'shippingAddress' | 'billingAddress'>;

export function orderSnapshot(state: OrderState, _events: readonly OrderEvent[], revision: number): OrderSnapshot {
  const order = orderAnswer(state);
  if (order === null || state.status === 'none') throw new RangeError('an accepted command left no order');
  const { paymentId, tenders: shares = [] } = state.order;
  return { order, paymentId, shares, version: revision };
}

/** Makes the answers of writes to orders, in the same shape as reads. */
@Injectable()
export class OrderAnswers {
  constructor(
    @Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async after({ answer, position }: Accepted<OrderSnapshot>): Promise<OrderView> {
    const { order, paymentId, shares, version } = answer;
    const { orderId, totals } = order;
    const [found, cards, placing] = await Promise.all([
      this.paymentAt(paymentId, position),
      Promise.all(shares.map((share) => this.cardAt(share, orderId, position))),
      this.placing(orderId),
    ]);
    const payment = found && ofOrder(found);
    // What is held on cards is told with the payment, which is asked for once all is held.
    const known = cards.map((card) => (payment === null ? { ...card, authorized: zero(totals.total.currency) } : card));
    const tenders = tendersOf(known, payment, askedOfProvider(totals.total, shares));
    return { ...order, payment, tenders, ...placing, version };
  }

  /** Looks up what was captured for the order so far. @throws ProblemError 404 ORDER.NOT_FOUND */
  async captured(orderId: string): Promise<Captured> {
    const terms = await this.executor.query(orderAggregate, orderId, (state) =>
      state.status === 'none' ? null : state.order,
    );
    if (terms === null) throw problem('ORDER.NOT_FOUND', 'There is no such order.');
    const { paymentId, currency, tenders = [] } = terms;
    const payment = await this.executor.query(paymentAggregate, paymentId, paymentView);
    const captured = payment?.captured ?? zero(currency);
    const cards = tenders.map(({ giftCardId }) =>
      this.executor.query(giftCardAggregate, giftCardId, (state) => ({
        giftCardId,
        amount: { amount: cardOfOrder(state, orderId).captured, currency },
      })),
    );
    return cards.length === 0 ? { captured } : { captured, capturedOfCards: await Promise.all(cards) };
  }

  /** Looks up what is left on the gift cards that were bought with the order. */
  async bought(orderId: string): Promise<Pick<RequestRefund, 'bought'>> {
    const cards = await this.executor.query(orderAggregate, orderId, boughtCards);
    if (cards.length === 0) return {};
    const facts = cards.map(({ giftCardId }) =>
      this.executor.query(giftCardAggregate, giftCardId, (state) => ({ giftCardId, ...reclaimableCard(state) })),
    );
    return { bought: await Promise.all(facts) };
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

  /** Folds a gift card in the same way. */
  private async cardAt(
    { giftCardId, amount: { currency } }: GiftCardShare,
    orderId: string,
    position: Position | null,
  ): Promise<CardTender> {
    const { category, decider } = giftCardAggregate;
    let state = decider.initialState();
    for await (const event of this.store.read(streamOf(category, giftCardId))) {
      if (position === null || event.position > position) break;
      state = decider.evolve(state, asEvent<GiftCardEvent>(event));
    }
    const { held, captured, refunded } = cardOfOrder(state, orderId);
    const of = (amount: number): Money => ({ amount, currency });
    const authorized = of(held + captured);
    return { kind: 'gift-card', authorized, captured: of(captured), refunded: of(refunded), giftCardId };
  }

  /** Whether what the buyer told can be read no more; of an order that is not there it cannot be said. */
  async isBuyerForgotten(orderId: string): Promise<boolean> {
    for await (const event of this.store.read(streamOf(orderAggregate.category, orderId), { limit: 1 }))
      return isOpened(event) && event.data.personal === null;
    return false;
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
