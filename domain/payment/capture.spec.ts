import { given } from '../shared/test-support/index.js';
import { paymentDecider, paymentView } from './index.js';
import type { PaymentCommand, PaymentRefundRequested } from './index.js';
import {
  captured,
  captureFailed,
  captureRequested,
  commands,
  disputeClosed,
  disputed,
  facts,
  recordDispute,
  recordDisputeClosed,
  recordRefund,
  recordRefundFailure,
  refunded,
  refundFailed,
  refundRequested,
  requestCapture,
  requestRefund,
  usd,
} from './test-support/facts.js';

const { requested, authorized, declined, voidRequested } = facts;
const { recordCapture, recordCaptureFailure } = commands;
const eur = { amount: 1, currency: 'EUR' };

const held = given(paymentDecider).events(requested, authorized);
const taking = held.events(captureRequested(10_000));
const taken = taking.events(captured(10_000));

describe('capturing', () => {
  it('is asked for once and recorded once', () => {
    held.when(requestCapture(10_000)).thenOnce(captureRequested(10_000));
    taking.when(requestCapture(10_000, 'c2')).then();
    taking.when(recordCapture).thenOnce(captured(10_000));
    taken.when(requestCapture(10_000)).then();
  });

  it('of less than authorised is final: the rest is let go', () => {
    held.when(requestCapture(7_000)).then(captureRequested(7_000));
    held.events(captureRequested(7_000)).when(recordCapture).thenOnce(captured(7_000));
    expect(paymentView(held.events(captureRequested(7_000), captured(7_000)).state())).toEqual({
      paymentId: 'p1',
      orderId: 'o1',
      status: 'captured',
      authorized: usd(7_000),
      captured: usd(7_000),
      refunded: usd(0),
    });
  });

  it('is refused beyond what is authorised, in another currency, or below zero', () => {
    const extra = { authorized: usd(10_000), requested: usd(10_001) };
    held.when(requestCapture(10_001)).refused('PAYMENT.CAPTURE_EXCEEDS_AUTHORIZED', extra);
    held
      .when({ type: 'request-capture', captureId: 'c1', amount: eur, idempotencyKey: 'c1' })
      .refused('PAYMENT.CURRENCY_MISMATCH', { expected: 'USD', given: 'EUR' });
    for (const amount of [-1, 0.5]) held.when(requestCapture(amount)).refused('PAYMENT.INVALID_AMOUNT');
  });

  it('of nothing is taken: it lets all go that is authorised', () => {
    held.when(requestCapture(0)).thenOnce(captureRequested(0));
  });

  it('is refused unless money is held and stays held', () => {
    const unheld = given(paymentDecider).events(requested);
    unheld.when(requestCapture(1)).refused('PAYMENT.NOT_AUTHORIZED', { status: 'requested' });
    unheld.events(declined).when(requestCapture(1)).refused('PAYMENT.NOT_AUTHORIZED');
    held.events(voidRequested).when(requestCapture(1)).refused('PAYMENT.NOT_AUTHORIZED');
    taken.when(requestCapture(1, 'c2')).refused('PAYMENT.NOT_AUTHORIZED', { status: 'captured' });
  });

  it('of another amount is refused while one is under way', () => {
    taking.when(requestCapture(9_000, 'c2')).refused('PAYMENT.CAPTURE_UNDER_WAY');
  });

  it('that failed leaves the money held, to be captured with a new key or voided', () => {
    taking.when(recordCaptureFailure).thenOnce(captureFailed(10_000));
    const failed = taking.events(captureFailed(10_000));
    expect(paymentView(failed.state())).toMatchObject({ status: 'authorized', authorized: usd(10_000) });
    failed.when(requestCapture(10_000)).then();
    failed.when(requestCapture(10_000, 'c2')).thenOnce(captureRequested(10_000, 'c2'));
    failed.when(commands.requestVoid).then(voidRequested);
  });

  it('is not recorded unless it was asked for, nor against what was said before', () => {
    held.when(recordCapture).refused('PAYMENT.CONFLICTING_OUTCOME');
    held.when(recordCaptureFailure).refused('PAYMENT.CONFLICTING_OUTCOME');
    taken.when(recordCaptureFailure).refused('PAYMENT.CONFLICTING_OUTCOME');
    taking.events(captureFailed(10_000)).when(recordCapture).refused('PAYMENT.CONFLICTING_OUTCOME');
    expect(held.events(captureFailed(10_000)).state()).toEqual(held.state());
  });

  it('that failed before does not end the one that is under way', () => {
    const again = taking.events(captureFailed(10_000), captureRequested(10_000, 'c2'));
    expect(again.events(captureFailed(10_000)).state()).toEqual(again.state());
    again.events(captureFailed(10_000)).when(recordCapture).thenOnce(captured(10_000, 'c2'));
  });
});

describe('refunding', () => {
  it('is asked for once and recorded once, by its id', () => {
    taken.when(requestRefund('r1', 4_000)).thenOnce(refundRequested('r1', 4_000));
    const asked = taken.events(refundRequested('r1', 4_000));
    asked.when(recordRefund('r1')).thenOnce(refunded('r1', 4_000));
    asked.events(refunded('r1', 4_000)).when(requestRefund('r1', 4_000)).then();
  });

  it('is not asked for again under its id, by whatever key, unless it failed', () => {
    const again = { ...requestRefund('r1', 4_000), idempotencyKey: 'k2' } as PaymentCommand;
    const asked = taken.events(refundRequested('r1', 4_000));
    asked.when(again).then();
    asked.events(refunded('r1', 4_000)).when(again).then();
  });

  it('in parts ends when all of it was given back', () => {
    const part = taken.events(refundRequested('r1', 4_000), refunded('r1', 4_000));
    expect(paymentView(part.state())).toMatchObject({ status: 'partially-refunded', refunded: usd(4_000) });
    part.when(requestRefund('r2', 6_000)).then(refundRequested('r2', 6_000));
    const all = part.events(refundRequested('r2', 6_000), refunded('r2', 6_000));
    expect(paymentView(all.state())).toMatchObject({
      status: 'refunded',
      captured: usd(10_000),
      refunded: usd(10_000),
    });
  });

  it('is refused beyond what was captured, counting what was asked for and not answered', () => {
    const asked = taken.events(refundRequested('r1', 4_000));
    const extra = { refundable: usd(6_000), requested: usd(6_001) };
    asked.when(requestRefund('r2', 6_001)).refused('PAYMENT.REFUND_EXCEEDS_CAPTURED', extra);
    held.when(requestRefund('r1', 1)).refused('PAYMENT.REFUND_EXCEEDS_CAPTURED');
  });

  it('that failed may be asked for again under another id', () => {
    const asked = taken.events(refundRequested('r1', 10_000));
    asked.when(recordRefundFailure('r1')).thenOnce(refundFailed('r1', 10_000));
    const failed = asked.events(refundFailed('r1', 10_000));
    failed.when(requestRefund('r1', 10_000)).then();
    failed.when(requestRefund('r2', 10_000)).then(refundRequested('r2', 10_000));
    expect(paymentView(failed.state())).toMatchObject({ status: 'captured', refunded: usd(0) });
  });

  it('that failed may be asked for again under its id, with another key', () => {
    const failed = taken.events(refundRequested('r1', 10_000), refundFailed('r1', 10_000));
    const again = { ...requestRefund('r1', 10_000), idempotencyKey: 'k2' } as PaymentCommand;
    const asked = { ...refundRequested('r1', 10_000) } as PaymentRefundRequested;
    const askedAgain = { ...asked, data: { ...asked.data, idempotencyKey: 'k2' } };
    failed.when(again).thenOnce(askedAgain);
    failed.events(askedAgain).when(requestRefund('r2', 1)).refused('PAYMENT.REFUND_EXCEEDS_CAPTURED');
    failed.events(askedAgain).when(recordRefund('r1')).thenOnce(refunded('r1', 10_000));
    failed.events(askedAgain).when(recordRefundFailure('r1')).thenOnce(refundFailed('r1', 10_000));
  });

  it('takes an amount above zero in the currency of the payment', () => {
    taken.when(requestRefund('r1', 0)).refused('PAYMENT.INVALID_AMOUNT');
    taken.when(requestRefund('r1', -5)).refused('PAYMENT.INVALID_AMOUNT');
    taken.when(requestRefund('r1', 0.5)).refused('PAYMENT.INVALID_AMOUNT');
    taken
      .when({ type: 'request-refund', refundId: 'r1', amount: eur, idempotencyKey: 'r1' })
      .refused('PAYMENT.CURRENCY_MISMATCH');
  });

  it('is not recorded for an unknown refund, nor against what was said before', () => {
    taken.when(recordRefund('r1')).refused('PAYMENT.REFUND_NOT_FOUND');
    taken.when(recordRefundFailure('r1')).refused('PAYMENT.REFUND_NOT_FOUND');
    held.when(recordRefund('r1')).refused('PAYMENT.REFUND_NOT_FOUND');
    const asked = taken.events(refundRequested('r1', 1));
    asked.events(refunded('r1', 1)).when(recordRefundFailure('r1')).refused('PAYMENT.CONFLICTING_OUTCOME');
    asked.events(refundFailed('r1', 1)).when(recordRefund('r1')).refused('PAYMENT.CONFLICTING_OUTCOME');
  });
});

describe('a dispute', () => {
  const disputedOnce = taken.events(disputed('d1', 10_000));

  it('is recorded once, of captured money alone, and moves no balance', () => {
    taken.when(recordDispute('d1', 10_000)).thenOnce(disputed('d1', 10_000));
    disputedOnce.when(recordDispute('d2', 500)).then(disputed('d2', 500));
    expect(paymentView(disputedOnce.state())).toEqual(paymentView(taken.state()));
    held.when(recordDispute('d1', 1)).refused('PAYMENT.CONFLICTING_OUTCOME');
    held.when(recordDisputeClosed('d1', 1, 'won')).refused('PAYMENT.CONFLICTING_OUTCOME');
  });

  it('is closed once and not opened again, in whatever order that is heard', () => {
    disputedOnce.when(recordDisputeClosed('d1', 10_000, 'lost')).thenOnce(disputeClosed('d1', 10_000, 'lost'));
    const closed = taken.events(disputeClosed('d1', 10_000, 'won'));
    closed.when(recordDispute('d1', 10_000)).then();
    closed.when(recordDisputeClosed('d1', 10_000, 'lost')).refused('PAYMENT.CONFLICTING_OUTCOME');
  });
});
