import { given } from '../shared/test-support/index.js';
import { orderDecider } from './index.js';
import type { AttentionCode, OrderCommand, OrderEvent } from './index.js';
import {
  cancellationRequested,
  cancelled,
  confirmed,
  opened,
  refundFailed,
  refundFlag,
  askedAgain,
  refundRequested,
  rejected,
  shipped,
  usd,
} from './test-support/an-order.js';
import { failRefund, refund } from './test-support/commands.js';

const pending = given(orderDecider).events(opened);
const sold = pending.events(confirmed);
const order = sold.events(shipped(1, { TEA: 3, POT: 2 }, true));

const CAPTURE = 'PAYMENT.CAPTURE_FAILED';
const detail = 'Refused four times.';
const need = (code: AttentionCode): OrderCommand => ({ type: 'need-attention', code, detail });
const resolve = (code: AttentionCode, refundId?: string): OrderCommand => ({
  type: 'resolve-attention',
  code,
  ...(refundId === undefined ? {} : { refundId }),
});
const retry: OrderCommand = { type: 'retry-payment', captured: usd(9_300) };
const needed = (code: AttentionCode, refundId?: string): OrderEvent => ({
  type: 'order.attention-needed.v1',
  data: { orderId: 'o1', code, detail, ...(refundId === undefined ? {} : { refundId }) },
});
const resolved = (code: AttentionCode, refundId?: string): OrderEvent => ({
  type: 'order.attention-resolved.v1',
  data: { orderId: 'o1', code, ...(refundId === undefined ? {} : { refundId }) },
});
const retryRequested: OrderEvent = { type: 'order.payment-retry-requested.v1', data: { orderId: 'o1' } };
/** A refund that the provider refused, and the order says so. */
const failedRefund = (id: string, amount: number): OrderEvent[] => [
  refundRequested(id, amount),
  refundFailed(id, amount),
  needed('PAYMENT.REFUND_FAILED', id),
];

describe('an order that needs a person', () => {
  it('says so once for each reason', () => {
    order.when(need(CAPTURE)).thenOnce(needed(CAPTURE));
    order
      .events(needed(CAPTURE))
      .when(need('PAYMENT.AUTHORIZATION_EXPIRING'))
      .then(needed('PAYMENT.AUTHORIZATION_EXPIRING'));
  });

  it('says so no more once nobody is needed, and may say it again', () => {
    const flagged = order.events(needed(CAPTURE));
    flagged.when(resolve(CAPTURE)).thenOnce(resolved(CAPTURE));
    flagged.events(resolved(CAPTURE)).when(need(CAPTURE)).then(needed(CAPTURE));
    order.when(resolve(CAPTURE)).then();
  });

  it('says so of each refund that failed, and no more of the one that needs nobody', () => {
    const first = order.events(...failedRefund('r1', 1_000));
    const both = first.events(...failedRefund('r2', 500));
    first.events(refundRequested('r2', 500)).when(failRefund('r2')).then(refundFailed('r2', 500), refundFlag('r2'));
    both.when(resolve('PAYMENT.REFUND_FAILED', 'r1')).thenOnce(resolved('PAYMENT.REFUND_FAILED', 'r1'));
    const left = both.events(needed(CAPTURE), resolved('PAYMENT.REFUND_FAILED', 'r1')).state();
    expect(left).toMatchObject({ attention: [{ code: 'PAYMENT.REFUND_FAILED', refundId: 'r2' }, { code: CAPTURE }] });
  });

  it('begins without a reason, confirmed and cancelled', () => {
    expect(sold.state()).toMatchObject({ attention: [] });
    expect(pending.events(cancellationRequested({}, 0, false), cancelled(true)).state()).toMatchObject({
      attention: [],
    });
  });

  it('keeps saying so when it is cancelled', () => {
    const gone = sold.events(needed('PAYMENT.AUTHORIZATION_EXPIRING'), cancellationRequested({}, 0), cancelled(true));
    gone.when(need('PAYMENT.VOID_FAILED')).thenOnce(needed('PAYMENT.VOID_FAILED'));
    gone.when(resolve('PAYMENT.AUTHORIZATION_EXPIRING')).thenOnce(resolved('PAYMENT.AUTHORIZATION_EXPIRING'));
  });

  it.each([
    ['pending', pending],
    ['rejected', pending.events(rejected)],
  ])('was confirmed: one that is %s needs nobody', (status, other) => {
    other.when(need(CAPTURE)).refused('ORDER.NOT_CONFIRMED', { status });
    other.when(resolve(CAPTURE)).then();
    other.when(retry).refused('ORDER.NOTHING_TO_RETRY');
  });
});

describe('trying again what was refused', () => {
  it('asks for the capture, or the release, of the payment', () => {
    order.events(needed(CAPTURE)).when(retry).then(retryRequested);
    const gone = sold.events(cancellationRequested({}, 0), cancelled(true), needed('PAYMENT.VOID_FAILED'));
    gone.when(retry).then(retryRequested);
  });

  it('asks for each refund that failed under the id that it has, and for one that is under way not twice', () => {
    const failed = order.events(...failedRefund('r1', 1_000), ...failedRefund('r2', 500));
    failed.when(retry).then(askedAgain(refundRequested('r1', 1_000)), askedAgain(refundRequested('r2', 500)));
    const again = failed.events(askedAgain(refundRequested('r1', 1_000)));
    again.when(retry).then(askedAgain(refundRequested('r2', 500)));
  });

  it('of a refund that fails once more needs a person as before, without saying so twice', () => {
    const again = order.events(...failedRefund('r1', 1_000), askedAgain(refundRequested('r1', 1_000)));
    again.when(failRefund('r1')).thenOnce(refundFailed('r1', 1_000));
    again
      .events(refundFailed('r1', 1_000))
      .when(retry)
      .then(askedAgain(refundRequested('r1', 1_000)));
  });

  it('is refused where nothing was: a person cannot make an authorisation last', () => {
    order.when(retry).refused('ORDER.NOTHING_TO_RETRY');
    sold.events(needed('PAYMENT.AUTHORIZATION_EXPIRING')).when(retry).refused('ORDER.NOTHING_TO_RETRY');
    order
      .events(...failedRefund('r1', 9), refundRequested('r1', 9))
      .when(retry)
      .refused('ORDER.NOTHING_TO_RETRY');
  });

  it('gives back no more than was captured: what was given back otherwise needs nobody any more', () => {
    const failed = order.events(...failedRefund('r1', 9_000));
    failed.when(refund('r2', 300, 9_300)).then(refundRequested('r2', 300));
    failed.when(refund('r2', 301, 9_300)).then(refundRequested('r2', 301), resolved('PAYMENT.REFUND_FAILED', 'r1'));
    const both = order.events(...failedRefund('r1', 9_000), ...failedRefund('r2', 8_000));
    both.when(retry).then(askedAgain(refundRequested('r1', 9_000)), resolved('PAYMENT.REFUND_FAILED', 'r2'));
    const just = failed.events(refundRequested('r2', 300));
    just.when(retry).then(askedAgain(refundRequested('r1', 9_000)));
    const less = failed.events(refundRequested('r2', 301));
    less.when(retry).then(resolved('PAYMENT.REFUND_FAILED', 'r1'));
  });
});
