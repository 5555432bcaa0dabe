import { orderAggregate, type OrderCommand } from '../../../domain/order/index.js';
import { paymentAggregate, type PaymentCommand } from '../../../domain/payment/index.js';
import type { Aggregate, DomainEvent } from '../../../domain/shared/index.js';
import { deriveId } from '../../shared/derive-id.js';
import { defaultBasis, untaxedShipping, untaxedTotals } from '../../../domain/shared/test-support/index.js';
import { QueueingExecutor } from '../../engine/commands/index.js';
import { openTemporaryEventStore, type TemporaryEventStore } from '../../event-store/test-support/index.js';
import { observedExecutor } from './observed-executor.js';

const ANY_ID = '00000000-0000-4000-8000-000000000000';
const noSnapshots = { load: async () => undefined, save: async () => undefined };

const zero = { amount: 0, currency: 'USD' };
const why = { code: 'PAYMENT.DECLINED', detail: 'Ann has no money.' };
const ids = { orderId: 'o1', paymentId: 'p1', personId: 'x' };
const ofOrder = {
  open: {
    type: 'open-order',
    order: {
      ...ids,
      orderNumber: 'ABCD-EFGH-JK',
      cartId: 'c1',
      currency: 'USD',
      lines: [],
      shipping: untaxedShipping(zero),
      totals: untaxedTotals(zero),
      taxes: [],
      pricing: defaultBasis,
      destination: { country: 'US' },
      personal: null,
    },
  },
  confirm: { type: 'confirm-order' },
  reject: { type: 'reject-order', ...why },
} satisfies Record<string, OrderCommand>;
const ofPayment = {
  request: {
    ...ids,
    type: 'request-payment',
    tender: 1,
    attempt: 1,
    amount: { amount: 100, currency: 'USD' },
    provider: 'sandbox',
    idempotencyKey: 'k1',
    token: 'tok_ok',
  },
  authorize: { type: 'record-authorization', reference: 'at-1' },
  decline: { type: 'record-decline', reference: 'at-1', ...why },
} satisfies Record<string, PaymentCommand>;

describe('a buyer who is refused', () => {
  let log: TemporaryEventStore;
  let said: unknown[][];
  beforeEach(async () => {
    log = await openTemporaryEventStore();
    said = [];
  });
  afterEach(() => log.cleanup());

  /** Sent under one id, as often as it is sent. */
  async function send<State, Command extends { readonly type: string }, Event extends DomainEvent>(
    aggregate: Aggregate<State, Command, Event>,
    command: Command,
    sender = 'saga',
  ): Promise<string> {
    // Each time by a process that knows nothing of the time before.
    const plain = new QueueingExecutor({ store: log.store, snapshots: noSnapshots });
    const executor = observedExecutor(plain, { info: (...words: unknown[]) => void said.push(words) });
    const context = {
      commandId: deriveId(ANY_ID, `${sender} ${command.type}`),
      correlationId: 'corr',
      causationId: null,
      actor: sender,
      repeatable: true,
    };
    const { kind } = await executor.execute({ aggregate, id: 'o1', command, context, answer: () => null });
    return kind;
  }

  it('is told in one line for the order, however often the command comes, without words of others', async () => {
    for (const command of [ofOrder.open, ofOrder.reject, ofOrder.reject]) {
      expect(await send(orderAggregate, command)).toBe('accepted');
    }
    expect(await send(orderAggregate, ofOrder.reject, 'another saga')).toBe('accepted');
    expect(said).toEqual([[{ orderId: 'o1', code: why.code, correlationId: 'corr' }, 'an order was rejected']]);
  });

  it('is told in one line for the payment, whether the provider answers or sends a notice, or both', async () => {
    for (const command of [ofPayment.request, ofPayment.decline, ofPayment.decline]) {
      expect(await send(paymentAggregate, command)).toBe('accepted');
    }
    expect(await send(paymentAggregate, ofPayment.decline, 'webhook')).toBe('accepted');
    expect(said).toEqual([[{ orderId: 'o1', code: why.code, correlationId: 'corr' }, 'a payment was declined']]);
  });

  it('is nobody whose order is confirmed and whose payment is authorised', async () => {
    for (const command of [ofOrder.open, ofOrder.confirm]) await send(orderAggregate, command);
    expect(await send(orderAggregate, ofOrder.reject)).toBe('refused');
    for (const command of [ofPayment.request, ofPayment.authorize]) await send(paymentAggregate, command);
    expect(said).toEqual([]);
  });
});
