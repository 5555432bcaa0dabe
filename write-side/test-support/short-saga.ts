import { randomUUID } from 'node:crypto';
import type { CartCheckedOut } from '../../domain/cart/index.js';
import { orderAggregate } from '../../domain/order/index.js';
import type { OrderCommand } from '../../domain/order/index.js';
import { paymentAggregate } from '../../domain/payment/index.js';
import type { PaymentCommand } from '../../domain/payment/index.js';
import type { EventStore, RecordedEvent, Subscription } from '../../infra/event-store/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';

type CheckedOut = RecordedEvent & CartCheckedOut;
const isCheckedOut = (event: RecordedEvent): event is CheckedOut => event.type === 'cart.checked-out.v1';

/** What the checkout saga does, without stock and provider: opens the order, authorises it and settles it as told. */
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
    const { paymentId, amount } = await this.executor.query(orderAggregate, orderId, (state) => {
      if (state.status === 'none') throw new Error(`no order ${orderId}`);
      return { paymentId: state.order.paymentId, amount: state.order.totals.total };
    });
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
    const { orderId } = data;
    const paymentId = `pay-${orderId}`;
    await this.order(orderId, { type: 'open-order', order: { ...sold, paymentId, personal } });
    if (this.settles === 'rejected') {
      await this.order(orderId, { type: 'reject-order', code: 'PAYMENT.DECLINED', detail: 'The card said no.' });
    }
    if (this.settles !== 'confirmed') return;
    await this.pay(paymentId, {
      type: 'request-payment',
      paymentId,
      orderId,
      tender: 1,
      attempt: 1,
      amount: data.totals.total,
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
