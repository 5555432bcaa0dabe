import fc from 'fast-check';
import { paymentDecider, paymentView } from '../../domain/payment/index.js';
import type { PaymentCommand, PaymentEvent } from '../../domain/payment/index.js';
import { decideAll, EventLog, fold } from '../shared/test-support/index.js';
import type { PaymentDocument } from './payment-document.js';
import { paymentsReadModel } from './payments.read-model.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const request: PaymentCommand = {
  type: 'request-payment',
  paymentId: 'p-1',
  orderId: 'o-1',
  tender: 1,
  attempt: 1,
  amount: usd(1000),
  provider: 'sandbox',
  idempotencyKey: 'key-secret',
  personId: 'x',
  token: 'tok_secret',
};
const authorize: PaymentCommand = { type: 'record-authorization', reference: 'at-1' };
const capture = (amount: number): PaymentCommand => ({
  type: 'request-capture',
  captureId: `capture-${amount}`,
  amount: usd(amount),
  idempotencyKey: `capture-${amount}`,
});
const requireAction: PaymentCommand = {
  type: 'record-action-required',
  reference: 'at-1',
  action: { type: 'redirect', url: 'https://bank.example/secret' },
};
const captured: PaymentCommand = { type: 'record-capture', reference: 'at-2' };
const refund = (refundId: string, amount: number): PaymentCommand => ({
  type: 'request-refund',
  refundId,
  amount: usd(amount),
  idempotencyKey: refundId,
});
const refunded = (refundId: string): PaymentCommand => ({ type: 'record-refund', refundId, reference: 'at-3' });
const code = 'PAYMENT.DECLINED';

const documentOf = (events: readonly PaymentEvent[]) => {
  const log = new EventLog<PaymentEvent>();
  for (const event of events) log.append('payment-p-1', event);
  return fold(paymentsReadModel, log.events).get('p-1');
};
const paymentAfter = (...commands: PaymentCommand[]) =>
  documentOf(decideAll(paymentDecider, [request, ...commands]).events);

describe('the payments read model', () => {
  it('lists every fact with what it was about, oldest first', () => {
    const payment = paymentAfter(authorize, capture(800), captured, refund('r-1', 300), refunded('r-1'));
    expect(payment).toMatchObject({
      paymentId: 'p-1',
      orderId: 'o-1',
      provider: 'sandbox',
      reference: 'at-1',
      tender: 1,
      attempt: 1,
      amount: usd(1000),
      status: 'partially-refunded',
      authorized: usd(800),
      captured: usd(800),
      refunded: usd(300),
      version: 5,
      facts: [
        { type: 'requested', at: '2026-11-05T12:00:01.000Z', amount: usd(1000) },
        { type: 'authorized', amount: usd(1000) },
        { type: 'capture-requested', amount: usd(800) },
        { type: 'captured', amount: usd(800) },
        { type: 'refund-requested', refundId: 'r-1', amount: usd(300) },
        { type: 'refunded', refundId: 'r-1', amount: usd(300), reference: 'at-3' },
      ],
    });
  });

  it('says why a payment was declined', () => {
    const payment = paymentAfter({ type: 'record-decline', reference: 'at-1', code, detail: 'The card was declined.' });
    expect(payment).toMatchObject({ status: 'declined', facts: [{}, { type: 'declined', code }] });
  });

  it('lists disputes, which move no balance', () => {
    const dispute = { reference: 'dp-1', amount: usd(800) };
    const payment = paymentAfter(
      authorize,
      capture(800),
      captured,
      { type: 'record-dispute', ...dispute, reason: 'fraudulent', respondBy: '2026-11-20T00:00:00.000Z' },
      { type: 'record-dispute-closed', ...dispute, outcome: 'lost' },
    );
    const balance = { status: 'captured', captured: usd(800), refunded: usd(0) };
    expect(payment).toMatchObject({ ...balance, reference: 'at-1' });
    expect((payment as object as PaymentDocument).facts.slice(-2)).toEqual([
      { type: 'disputed', at: expect.any(String), ...dispute, reason: 'fraudulent', respondBy: expect.any(String) },
      { type: 'dispute-closed', at: expect.any(String), ...dispute, outcome: 'lost' },
    ]);
  });

  it('keeps tokens and idempotency keys to itself', () => {
    expect(JSON.stringify(paymentAfter(authorize))).not.toContain('secret');
  });

  it('never differs from what the writes answer', () => {
    const amount = fc.constantFrom(0, 1, 400, 1000);
    const refundId = fc.constantFrom('r-1', 'r-2', 'r-3');
    const detail = 'No.';
    const command: fc.Arbitrary<PaymentCommand> = fc.oneof(
      fc.constantFrom<PaymentCommand>(
        authorize,
        authorize,
        requireAction,
        captured,
        captured,
        { type: 'record-decline', reference: 'at-1', code, detail },
        { type: 'fail-payment', code, detail },
        { type: 'record-capture-failure', reference: null, code, detail },
        { type: 'request-void', idempotencyKey: 'v', reason: 'cancelled' },
        { type: 'record-void', reference: null },
      ),
      amount.map(capture),
      fc.tuple(refundId, amount).map(([id, units]) => refund(id, units)),
      refundId.map(refunded),
      refundId.map((id): PaymentCommand => ({
        type: 'record-refund-failure',
        refundId: id,
        reference: null,
        code,
        detail,
      })),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
        const { state, events } = decideAll(paymentDecider, [request, ...commands]);
        const document = documentOf(events);
        expect(document).toMatchObject({ ...paymentView(state) });
        expect(document?.action).toEqual(paymentView(state)?.action);
      }),
      { numRuns: 300 },
    );
  });
});
