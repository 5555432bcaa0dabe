import { Driven, event, YES } from '../test-support/drive.js';
import { promotionUsesSaga } from './promotion-uses.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const COUPON = '0a'.repeat(16);
const limited = { promotionId: 'autumn', amount: usd(30), isLimited: true };
const withCoupon = { promotionId: 'spring', amount: usd(50), couponId: COUPON };
const forAll = { promotionId: 'winter', amount: usd(20) };
const discounted = [limited, withCoupon, forAll];
const of = { orderId: 'o-1', customer: 'ann' };

const confirmed = event('order.confirmed.v1', { ...of, lines: [], discounted });
const cancelled = (others: object = {}) =>
  event('order.cancelled.v1', { ...of, lines: [], wholly: true, discounted, ...others });
const shipped = event('order.shipment-created.v1', { orderId: 'o-1', lines: [] });
const begun = () => new Driven<object>(promotionUsesSaga).happens(confirmed);
const COMMITS = ['commit-promotion:autumn', `commit-coupon:${COUPON}`];
const RETURNS = ['return-promotion:autumn', `return-coupon:${COUPON}`];

describe('the uses of promotions', () => {
  it('begin with an order that has a use of a coupon or of a limited promotion, and with no other', () => {
    const begins = (data: object) => promotionUsesSaga.on['order.confirmed.v1']?.begins?.(data as never);
    expect([[limited], [withCoupon], [forAll], []].map((each) => begins({ ...of, discounted: each }))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(begins(of)).toBe(false);
  });

  it('are committed when the order is confirmed, each where it was reserved', () => {
    const saga = begun();
    const expiresAt = confirmed.at;
    expect(saga.sent).toEqual([
      {
        key: COMMITS[0],
        target: 'promotion',
        id: 'autumn',
        command: { type: 'commit-use', ...of, amount: usd(30), expiresAt },
      },
      {
        key: COMMITS[1],
        target: 'coupon',
        id: '028',
        command: { type: 'commit-use', ...of, couponId: COUPON, amount: usd(50), expiresAt },
      },
    ]);
    expect(saga.happens(confirmed).answered(YES, ...COMMITS)).toMatchObject({ done: false });
    expect(saga.keys).toEqual(COMMITS);
  });

  it('are given back once where the order is cancelled as a whole, and then it is over', () => {
    const saga = begun()
      .answered(YES, ...COMMITS)
      .happens(cancelled())
      .happens(cancelled());
    expect(saga.keys).toEqual([...COMMITS, ...RETURNS]);
    expect(saga.sent.at(-1)?.command).toMatchObject({ type: 'return-use', ...of, couponId: COUPON, amount: usd(50) });
    expect(saga.answered(YES, RETURNS[0] ?? '').done).toBe(false);
    expect(saga.answered(YES, RETURNS[1] ?? '').done).toBe(true);
  });

  it('are given back also before the commits are answered, which are waited for', () => {
    const saga = begun()
      .happens(cancelled())
      .answered(YES, ...RETURNS);
    expect(saga.done).toBe(false);
    expect(saga.answered(YES, ...COMMITS).done).toBe(true);
  });

  it('stay where open lines alone are cancelled', () => {
    expect(begun().happens(cancelled({ wholly: false })).keys).toEqual(COMMITS);
  });

  it('are over when something has shipped, once the commits are answered', () => {
    expect(
      begun()
        .answered(YES, ...COMMITS)
        .happens(shipped).done,
    ).toBe(true);
    const waiting = begun().happens(shipped);
    expect([waiting.done, waiting.answered(YES, ...COMMITS).done]).toEqual([false, true]);
    expect(begun().happens(shipped).happens(cancelled()).keys).toEqual(COMMITS);
  });
});
