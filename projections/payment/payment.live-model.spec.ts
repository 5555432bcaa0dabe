import { paymentDecider } from '../../domain/payment/index.js';
import type { PaymentCommand, PaymentEvent } from '../../domain/payment/index.js';
import {
  authorize,
  capture,
  captured,
  decideAll,
  EventLog,
  refund,
  refunded,
  request,
  shown,
  usd,
} from '../shared/test-support/index.js';
import { paymentLiveModel } from './payment.live-model.js';

const code = 'PAYMENT.DECLINED';

const documentOf = (events: readonly PaymentEvent[]) => {
  const log = new EventLog<PaymentEvent>();
  for (const event of events) log.append('payment-p-1', event);
  return shown(paymentLiveModel, 'p-1', log.events);
};
const paymentAfter = (...commands: PaymentCommand[]) =>
  documentOf(decideAll(paymentDecider, [request, ...commands]).events);

describe('a payment as it is read', () => {
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
    expect(payment?.facts.slice(-2)).toEqual([
      { type: 'disputed', at: expect.any(String), ...dispute, reason: 'fraudulent', respondBy: expect.any(String) },
      { type: 'dispute-closed', at: expect.any(String), ...dispute, outcome: 'lost' },
    ]);
  });

  it('has nothing left for the buyer to do who is forgotten: what it was opens as null', () => {
    const required: PaymentEvent = {
      type: 'payment.action-required.v1',
      data: { paymentId: 'p-1', orderId: 'o-1', provider: 'sandbox', reference: 'at-1', personId: 'x', action: null },
    };
    const requested = decideAll(paymentDecider, [request]).events;
    expect(documentOf([...requested, required])).not.toHaveProperty('action');
  });

  it('is none without events, and cannot be shown where the first is not that it was requested', () => {
    expect(documentOf([])).toBeUndefined();
    const failed: PaymentEvent = {
      type: 'payment.failed.v1',
      data: { paymentId: 'p-1', orderId: 'o-1', code, detail: '' },
    };
    expect(() => documentOf([failed])).toThrow(RangeError);
  });

  it('is none where it was closed before it was requested', () => {
    const { events } = decideAll(paymentDecider, [
      { type: 'request-void', paymentId: 'p-1', orderId: 'o-1', idempotencyKey: 'v', reason: 'cancelled' },
    ]);
    expect(documentOf(events)).toBeNull();
  });

  it('keeps tokens and idempotency keys to itself', () => {
    expect(JSON.stringify(paymentAfter(authorize))).not.toContain('secret');
  });
});
