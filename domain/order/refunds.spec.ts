import { given } from '../shared/test-support/index.js';
import { orderDecider } from './index.js';
import {
  confirmed,
  opened,
  refundFailed,
  refundFlag,
  refundRequested,
  rejected,
  shipped,
} from './test-support/an-order.js';
import { failRefund, refund } from './test-support/commands.js';

const pending = given(orderDecider).events(opened);
const order = pending.events(confirmed, shipped(1, { TEA: 3, POT: 2 }, true));
const EXCEEDS = 'PAYMENT.REFUND_EXCEEDS_CAPTURED';
const left = (amount: number) => ({ refundable: { amount, currency: 'USD' } });

describe('asking for a refund', () => {
  it('is recorded once, by its id', () => {
    order.when(refund('r1', 1_000, 9_300)).thenOnce(refundRequested('r1', 1_000));
  });

  it('gives back all that is left where no amount is named', () => {
    order.when(refund('r1', undefined, 9_300)).thenOnce(refundRequested('r1', 9_300));
    const part = order.events(refundRequested('r1', 1_000));
    part.when(refund('r2', undefined, 9_300)).then(refundRequested('r2', 8_300));
  });

  it('is refused beyond what was captured and not yet asked for', () => {
    order.when(refund('r1', 9_301, 9_300)).refused(EXCEEDS, left(9_300));
    const part = order.events(refundRequested('r1', 1_000));
    part.when(refund('r2', 8_300, 9_300)).then(refundRequested('r2', 8_300));
    part.when(refund('r2', 8_301, 9_300)).refused(EXCEEDS, left(8_300));
  });

  it('is refused when nothing is left, was captured, or can have been captured', () => {
    order
      .events(refundRequested('r1', 9_300))
      .when(refund('r2', undefined, 9_300))
      .refused(EXCEEDS, left(0));
    order.when(refund('r1', undefined, 0)).refused(EXCEEDS, left(0));
    pending.when(refund('r1', 1, 9_300)).refused(EXCEEDS, left(0));
    pending
      .events(rejected)
      .when(refund('r1', undefined, 0))
      .refused(EXCEEDS, left(0));
  });

  it('takes a whole amount above zero', () => {
    for (const amount of [0, -1, 0.5]) order.when(refund('r1', amount, 9_300)).refused('ORDER.REFUND_EMPTY');
  });

  it('is refused in another currency than the order', () => {
    const euros = { amount: 1, currency: 'EUR' };
    const extra = { expected: 'USD', given: 'EUR' };
    order.when({ ...refund('r1', 1, 9_300), amount: euros }).refused('ORDER.CURRENCY_MISMATCH', extra);
    order.when({ ...refund('r1', 1, 9_300), captured: euros }).refused('ORDER.CURRENCY_MISMATCH', extra);
  });
});

describe('a refund that failed', () => {
  const asked = order.events(refundRequested('r1', 9_300));

  it('is recorded once and can be asked for again under another id', () => {
    asked.when(failRefund('r1')).thenOnce(refundFailed('r1', 9_300), refundFlag('r1'));
    const failed = asked.events(refundFailed('r1', 9_300));
    failed.when(refund('r1', 9_300, 9_300)).then();
    failed.when(refund('r2', 9_300, 9_300)).then(refundRequested('r2', 9_300));
  });

  it('is refused when it was never asked for', () => {
    order.when(failRefund('r1')).refused('ORDER.REFUND_NOT_FOUND');
    pending.when(failRefund('r1')).refused('ORDER.REFUND_NOT_FOUND');
  });
});
