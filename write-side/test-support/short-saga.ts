import { randomUUID } from 'node:crypto';
import type { CartCheckedOut } from '../../domain/cart/index.js';
import { giftCardAggregate } from '../../domain/gift-card/index.js';
import type { GiftCardCommand } from '../../domain/gift-card/index.js';
import { askedOfProvider, orderAggregate } from '../../domain/order/index.js';
import type { OrderCommand } from '../../domain/order/index.js';
import { paymentAggregate } from '../../domain/payment/index.js';
import type { PaymentCommand } from '../../domain/payment/index.js';
import type { EventStore, RecordedEvent, Subscription } from '../../infra/event-store/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';

type CheckedOut = RecordedEvent & CartCheckedOut;
const isCheckedOut = (event: RecordedEvent): event is CheckedOut => event.type === 'cart.checked-out.v1';

/** What the checkout saga does, without stock and provider: opens the order, holds gift cards, authorises the rest and settles it as told. */
export class ShortSaga {
  /** `pending` leaves the order open. */
  settles: 'confirmed' | 'rejected' | 'pending';
  private readonly subscription: Subscription;

  constructor(
    store: EventStore,
    private readonly executor: CommandExecutor,
    settles: ShortSaga['settles'],
  ) {
    this.settles = settles;
    this.subscription = store.subscribe(
      { from: null, filter: { types: ['cart.checked-out.v1'] } },
      {
        onEvents: async (events) => {
          for (const event of events) if (isCheckedOut(event)) await this.open(event);
        },
        onError: (error) => process.emitWarning(String(error)),
      },
    );
  }

  stop(): Promise<void> {
    return this.subscription.close();
  }

  /** Takes the money of a confirmed order. */
  async capture(orderId: string): Promise<void> {
    const {
      paymentId,
      totals,
      tenders = [],
    } = await this.executor.query(orderAggregate, orderId, (state) => {
      if (state.status === 'none') throw new Error(`no order ${orderId}`);
      return state.order;
    });
    const amount = askedOfProvider(totals.total, tenders);
    for (const card of tenders)
      await this.card(card.giftCardId, { type: 'capture', orderId, captureId: orderId, amount: card.amount });
    await this.pay(paymentId, {
      type: 'request-capture',
      captureId: orderId,
      amount,
      idempotencyKey: `capture-${orderId}`,
    });
    await this.pay(paymentId, { type: 'record-capture', reference: null });
  }

  /** The provider has refused the money of an order for good. */
  async flag(orderId: string): Promise<void> {
    await this.order(orderId, { type: 'need-attention', code: 'PAYMENT.CAPTURE_FAILED', detail: 'Refused.' });
  }

  private async open({ data }: CheckedOut): Promise<void> {
    const { personal, paymentProvider, ...sold } = data;
    const { orderId, tenders = [] } = data;
    const paymentId = `pay-${orderId}`;
    await this.order(orderId, { type: 'open-order', order: { ...sold, paymentId, personal } });
    if (this.settles === 'rejected') {
      await this.order(orderId, { type: 'reject-order', code: 'PAYMENT.DECLINED', detail: 'The card said no.' });
    }
    if (this.settles !== 'confirmed') return;
    for (const { giftCardId, amount } of tenders)
      await this.card(giftCardId, { type: 'hold', orderId, amount, expiresAt: '2999-01-01T00:00:00.000Z' });
    await this.pay(paymentId, {
      type: 'request-payment',
      paymentId,
      orderId,
      tender: 1,
      attempt: 1,
      amount: askedOfProvider(data.totals.total, tenders),
      provider: paymentProvider,
      idempotencyKey: paymentId,
      personId: data.personId,
      token: personal?.paymentToken ?? 'tok_ok',
    });
    await this.pay(paymentId, { type: 'record-authorization', reference: null });
    await this.order(orderId, { type: 'confirm-order' });
  }

  private order(id: string, command: OrderCommand) {
    return this.executor.execute({ aggregate: orderAggregate, id, command, context: context(), answer: () => null });
  }

  private card(id: string, command: GiftCardCommand) {
    return this.executor.execute({ aggregate: giftCardAggregate, id, command, context: context(), answer: () => null });
  }

  private pay(id: string, command: PaymentCommand) {
    return this.executor.execute({ aggregate: paymentAggregate, id, command, context: context(), answer: () => null });
  }
}

const context = () => ({
  commandId: randomUUID(),
  correlationId: randomUUID(),
  causationId: null,
  actor: 'saga:short',
  repeatable: false,
});
