import { bucketOf, couponAggregate, couponIn } from '../../domain/coupon/index.js';
import type { CouponFacts, PromotionsInForce } from '../../domain/cart/index.js';
import { cartAggregate } from '../../domain/cart/index.js';
import { orderAggregate } from '../../domain/order/index.js';
import type { PromotionTerms } from '../../domain/pricing/index.js';
import { Fuse } from '../test-support/fuse.js';
import { Shop, type RunningSagas } from '../test-support/shop.js';

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(() => shop.close());

const SHOPPERS = 100;
const USES = 10;
const COUPON = '0a'.repeat(16);
const LINES = [{ sku: 'TEA', quantity: 1 }];

const spring: PromotionTerms = {
  promotionId: 'spring',
  name: 'Spring',
  priority: 0,
  combines: 'all',
  trigger: 'coupon',
  when: [],
  then: [{ type: 'percent-off', percent: '10', of: 'order' }],
};
const inForce: PromotionsInForce = new Map([['spring', { terms: spring }]]);
const coupon: CouponFacts = {
  couponId: COUPON,
  promotionId: 'spring',
  holderId: 'holder',
  code: 'SPRING-26',
  standing: 'usable',
};

const couponNow = () => shop.folded(couponAggregate, bucketOf(COUPON), (state) => couponIn(state, COUPON));
const statusOf = (orderId: string) => shop.folded(orderAggregate, orderId, ({ status }) => status);
const rejectionOf = (orderId: string) =>
  shop.folded(orderAggregate, orderId, (state) => (state.status === 'rejected' ? state.rejection.code : null));
const couponsOf = (orderId: string) =>
  shop.folded(cartAggregate, `of-${orderId}`, (cart) => (cart.status === 'open' ? cart.coupons.size : null));

/** Until nothing is left to do; time goes on meanwhile, for what is sent again after a pause. */
async function settled(process: RunningSagas): Promise<void> {
  const ticking = setInterval(() => void shop.clock.advance(200), 10);
  await shop.atRest(process).finally(() => clearInterval(ticking));
}

describe('a coupon of ten uses and a hundred shoppers', () => {
  it('gives ten of them the discount, kills between reservation and confirmation notwithstanding; cancelled orders give theirs back', async () => {
    await shop.receive('TEA', SHOPPERS);
    await shop.act(couponAggregate, bucketOf(COUPON), {
      type: 'issue-codes',
      bucket: bucketOf(COUPON),
      promotionId: 'spring',
      holderId: 'holder',
      batchId: 'batch',
      uses: USES,
      codes: [{ couponId: COUPON, code: 'SPRING-26' }],
    });
    let process = await shop.start({ fuse: new Fuse(150) });
    const orders = await Promise.all(
      Array.from({ length: SHOPPERS }, (_, n) =>
        shop.checkOut(LINES, 'tok_ok', { personId: `person-${n}`, inForce, coupon }),
      ),
    );
    for (const left of [200, 400, 800, Infinity]) {
      await settled(process);
      if (!process.fuse.blown) break;
      await process.fuse.release();
      process = await shop.start({ fuse: new Fuse(left) });
    }
    await settled(process);
    const confirmed = [];
    for (const orderId of orders) {
      if ((await statusOf(orderId)) === 'confirmed') confirmed.push(orderId);
      else expect([await rejectionOf(orderId), await couponsOf(orderId)]).toEqual(['COUPON.USED_UP', 0]);
    }
    expect(confirmed).toHaveLength(USES);
    expect(await couponNow()).toMatchObject({ used: USES, isUsedUp: true });

    for (const orderId of confirmed.slice(0, 3))
      await shop.order(orderId, { type: 'request-cancellation', reason: 'changed my mind' });
    await settled(process);
    expect(await couponNow()).toMatchObject({ used: USES - 3, isUsedUp: false });
    await process.fuse.release();
  });
});
