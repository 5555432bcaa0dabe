import { hasUseLeft } from '../shared/index.js';
import { given } from '../shared/test-support/index.js';
import { promotionAggregate, promotionDecider } from './index.js';
import type { PromotionDetails, PromotionStreamEvent, PromotionUseCommand } from './index.js';
import { promotionId, tenth } from './test-support/promotions.js';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const expiresAt = '2026-07-15T10:15:00.000Z';
const request = (order: string, customer = 'ada', amount = 500) => ({
  orderId: order,
  customer,
  amount: eur(amount),
  expiresAt,
});
const reserve = (...of: Parameters<typeof request>): PromotionUseCommand => ({
  type: 'reserve-use',
  ...request(...of),
});
const settle = (type: 'commit-use' | 'release-use' | 'return-use', ...of: Parameters<typeof request>) => ({
  type,
  ...request(...of),
});

const withLimits = (limits: PromotionDetails['limits'] & object) =>
  given(promotionDecider).events({ type: 'promotion.created.v1', data: { promotionId, ...tenth, limits } });
const twice = withLimits({ uses: 2 });
const reserved = (order: string, customer?: string, amount = 500): PromotionStreamEvent => ({
  type: 'promotion.use-reserved.v1',
  data: {
    promotionId,
    orderId: order,
    ...(customer !== undefined && { customer }),
    amount: eur(amount),
    expiresAt,
  },
});
const committed = (order: string, amount = 500): PromotionStreamEvent => ({
  type: 'promotion.use-committed.v1',
  data: { promotionId, orderId: order, amount: eur(amount) },
});
const released = (order: string): PromotionStreamEvent => ({
  type: 'promotion.use-released.v1',
  data: { promotionId, orderId: order, amount: eur(500), expiresAt },
});
const closed = (order: string): PromotionStreamEvent => ({
  type: 'promotion.use-closed.v1',
  data: { promotionId, orderId: order, expiresAt },
});
const returned = (order: string): PromotionStreamEvent => ({
  type: 'promotion.use-returned.v1',
  data: { promotionId, orderId: order, amount: eur(500), expiresAt },
});

const usedUp: PromotionStreamEvent = { type: 'promotion.used-up.v1', data: { promotionId } };
const usableAgain: PromotionStreamEvent = { type: 'promotion.usable-again.v1', data: { promotionId } };

describe('uses of a promotion', () => {
  it('are held, then used', () => {
    twice.when(reserve('o-1')).thenOnce(reserved('o-1'));
    const held = twice.events(reserved('o-1'));
    held.when(settle('commit-use', 'o-1')).thenOnce(committed('o-1'));
    expect(held.events(committed('o-1')).state()).toMatchObject({
      edition: 1,
      uses: { used: 1, holds: new Map(), amounts: new Map([['EUR', { used: 500, held: 0 }]]) },
    });
  });

  it('are held and used by as many orders as there are', () => {
    twice.events(reserved('o-1'), reserved('o-2')).when(reserve('o-3')).refused('PROMOTION.USED_UP');
    twice.events(reserved('o-1'), committed('o-1'), reserved('o-2')).when(reserve('o-3')).refused('PROMOTION.USED_UP');
    twice.events(reserved('o-1'), reserved('o-2'), released('o-1')).when(reserve('o-3')).then(reserved('o-3'), usedUp);
  });

  it('are limited by customer, and then say whose they are', () => {
    const once = withLimits({ usesPerCustomer: 1 });
    once.when(reserve('o-1')).thenOnce(reserved('o-1', 'ada'));
    once.events(reserved('o-1', 'ada')).when(reserve('o-2')).refused('PROMOTION.USED_UP');
    once.events(reserved('o-1', 'ada')).when(reserve('o-2', 'bob')).then(reserved('o-2', 'bob'));
  });

  it('are one of a customer where a first order is asked for, whatever else limits them', () => {
    for (const limits of [undefined, { uses: 9, usesPerCustomer: 5 }]) {
      const first = given(promotionDecider).events({
        type: 'promotion.created.v1',
        data: { promotionId, ...tenth, when: [{ type: 'first-order' }], ...(limits && { limits }) },
      });
      first.when(reserve('o-1')).thenOnce(reserved('o-1', 'ada'));
      first.events(reserved('o-1', 'ada')).when(reserve('o-2')).refused('PROMOTION.USED_UP');
      first.events(reserved('o-1', 'ada')).when(reserve('o-2', 'bob')).then(reserved('o-2', 'bob'));
    }
  });

  it('fit the budget whole, or it is used up', () => {
    const budget = withLimits({ budget: eur(1_000) });
    budget
      .events(reserved('o-1', undefined, 400))
      .when(reserve('o-2', 'bob', 601))
      .refused('PROMOTION.USED_UP');
    budget
      .events(reserved('o-1', undefined, 400))
      .when(reserve('o-2', 'bob', 600))
      .then(reserved('o-2', undefined, 600), usedUp);
    const usd = { ...reserve('o-2'), amount: { amount: 1, currency: 'USD' } };
    budget.when(usd).refused('PROMOTION.USED_UP');
    const state = budget.events(reserved('o-1', undefined, 1_000)).state();
    expect(state.status !== 'none' && hasUseLeft({}, state.uses, state.details.limits ?? {})).toBe(false);
  });

  it('are held for orders that were checked out before the promotion was paused or had ended', () => {
    const over = twice.events(
      { type: 'promotion.activated.v1', data: { promotionId } },
      { type: 'promotion.ended.v1', data: { promotionId, by: 'window' } },
    );
    over.when(reserve('o-1')).then(reserved('o-1'));
  });

  it('are let go once, and not had again by the same order', () => {
    const held = twice.events(reserved('o-1'));
    held.when(settle('release-use', 'o-1')).thenOnce(released('o-1'));
    held.events(released('o-1')).when(reserve('o-1')).refused('PROMOTION.USED_UP');
    twice.when(settle('release-use', 'o-1')).thenOnce(closed('o-1'));
    const { detail } = twice.events(closed('o-1')).when(reserve('o-1')).refused('PROMOTION.USED_UP');
    expect(detail).toBe('The checkout that asked for the promotion has ended.');
  });

  it('are given back by orders that were cancelled', () => {
    const used = twice.events(reserved('o-1'), committed('o-1'));
    used.when(settle('return-use', 'o-1')).thenOnce(returned('o-1'));
    expect(used.events(returned('o-1')).state()).toMatchObject({ uses: { used: 0 } });
    const other = twice.events(reserved('o-1'), committed('o-1'), reserved('o-2'), committed('o-2'), returned('o-1'));
    other.when(settle('return-use', 'o-1')).then();
  });

  it('of a promotion that nobody created are none', () => {
    const none = given(promotionDecider);
    none.when(reserve('o-1')).refused('PROMOTION.NOT_FOUND');
    for (const type of ['commit-use', 'release-use', 'return-use'] as const) none.when(settle(type, 'o-1')).then();
  });

  it('and the promotion are kept as a snapshot', () => {
    const { snapshot } = promotionAggregate;
    const read = (state: object): unknown =>
      snapshot?.read(JSON.parse(JSON.stringify(snapshot.write(state as never))) as never);
    const state = withLimits({ usesPerCustomer: 1 }).events(reserved('o-1', 'ada'), closed('o-2')).state();
    expect(read(state)).toEqual(state);
    expect(read({ status: 'none' })).toEqual({ status: 'none' });
  });
});

describe('a promotion without a use left', () => {
  const one = withLimits({ uses: 1 });
  const gone = one.events(reserved('o-1'), usedUp);
  const change = (limits: object) => ({ type: 'change-promotion', changes: { limits }, at: expiresAt }) as const;

  it('is out of force from its last use on, and comes back with the first that is given back', () => {
    one.when(reserve('o-1')).then(reserved('o-1'), usedUp);
    gone.when(settle('release-use', 'o-1')).then(released('o-1'), usableAgain);
    const used = gone.events(committed('o-1'));
    used.when(settle('return-use', 'o-1')).then(returned('o-1'), usableAgain);
    expect(gone.state()).toMatchObject({ isUsedUp: true, edition: 2 });
    expect(gone.events(released('o-1'), usableAgain).state()).toMatchObject({ isUsedUp: false, edition: 3 });
  });

  it('says so once: holds that become uses and orders that come too late change nothing', () => {
    gone.when(settle('commit-use', 'o-1')).then(committed('o-1'));
    gone.when(settle('release-use', 'o-2')).then(closed('o-2'));
    gone.when(reserve('o-2')).refused('PROMOTION.USED_UP');
  });

  it('comes back where the limits are raised, and goes where they are lowered', () => {
    gone.when(change({ uses: 2 })).then(expect.objectContaining({ type: 'promotion.changed.v1' }), usableAgain);
    const half = twice.events(reserved('o-1'));
    half.when(change({ uses: 1 })).then(expect.objectContaining({ type: 'promotion.changed.v1' }), usedUp);
    gone.when(change({ uses: 1, usesPerCustomer: 1 })).then(expect.objectContaining({ type: 'promotion.changed.v1' }));
  });

  it('is one whose budget is spent', () => {
    const budget = withLimits({ budget: eur(500) });
    budget.when(reserve('o-1', 'ada', 499)).then(reserved('o-1', undefined, 499));
    budget.when(reserve('o-1', 'ada', 500)).then(reserved('o-1'), usedUp);
    budget.events(reserved('o-1'), usedUp).when(settle('release-use', 'o-1')).then(released('o-1'), usableAgain);
  });
});
