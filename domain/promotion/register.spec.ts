import { noUses } from '../shared/index.js';
import { given } from '../shared/test-support/index.js';
import {
  PROMOTION_REGISTER,
  promotionRegisterAggregate,
  promotionRegisterDecider,
  registerCommandOf,
  termsOf,
} from './index.js';
import type { KnownPromotion, PromotionInForce, PromotionRegisterCommand, PromotionRegisterEvent } from './index.js';
import { inJuly, promotionId, tenth } from './test-support/promotions.js';

const register = given(promotionRegisterDecider);

const promotion = (edition: number, priority = 0): KnownPromotion => ({
  status: 'active',
  inForce: true,
  promotionId,
  edition,
  uses: noUses(),
  isUsedUp: false,
  details: { ...inJuly, priority, description: 'For you', limits: { uses: 5 } },
});
const terms = (priority = 0) => ({ promotionId, ...tenth, priority });
const enter = (edition: number, priority = 0): PromotionRegisterCommand =>
  registerCommandOf(promotion(edition, priority));
const leave = (edition: number): PromotionRegisterCommand => ({ type: 'leave-promotion', promotionId, edition });
const entered = (edition: number, priority = 0): PromotionRegisterEvent => ({
  type: 'promotion-register.entered.v1',
  data: { promotionId, edition, terms: terms(priority), limits: { uses: 5 } },
});
const left = (edition: number, id = promotionId): PromotionRegisterEvent => ({
  type: 'promotion-register.left.v1',
  data: { promotionId: id, edition },
});

describe('the register of promotions', () => {
  it('is told of a promotion in force with its terms and limits, and of any other that it is out', () => {
    const active = promotion(3);
    expect(registerCommandOf(active)).toEqual({ type: 'enter-promotion', ...entered(3).data });
    expect(termsOf(active)).toEqual(terms());
    const { limits: _limits, ...unlimited } = active.details;
    expect(registerCommandOf({ ...active, details: unlimited })).not.toHaveProperty('limits');
    const when = [{ type: 'first-order' } as const];
    expect(registerCommandOf({ ...active, details: { ...unlimited, when } })).toMatchObject({
      limits: { usesPerCustomer: 1 },
    });
    const others: readonly KnownPromotion[] = (['draft', 'paused', 'ended'] as const).map((status) => ({
      ...active,
      status,
    }));
    for (const other of [...others, { ...active, status: 'active' as const, inForce: false }])
      expect(registerCommandOf(other)).toEqual(leave(3));
  });

  it('has those in force, each as it was told last', () => {
    register.when(enter(3)).thenOnce(entered(3));
    register.events(entered(3)).when(enter(4, 7)).thenOnce(entered(4, 7));
    const state = register.events(entered(3), entered(4, 7)).state();
    const expected: PromotionInForce = { edition: 4, terms: terms(7), limits: { uses: 5 } };
    expect(state.inForce.get(promotionId)).toEqual(expected);
    register.events(entered(3)).when(leave(4)).thenOnce(left(4));
    expect(register.events(entered(3), left(4)).state().inForce.size).toBe(0);
    register.when(leave(4)).then();
  });

  it('is not told of an earlier edition any more', () => {
    register.events(entered(4, 7)).when(enter(3)).then();
    register.events(entered(4)).when(leave(3)).then();
    register.events(entered(3), left(4)).when(enter(3)).then();
    register.events(entered(3), left(4)).when(enter(5)).then(entered(5));
    expect(register.events(entered(3), left(4), entered(5)).state().left.size).toBe(0);
  });

  it('remembers the latest thousand that left', () => {
    const many = Array.from({ length: 1_001 }, (_, index) => left(2, `p-${index}`));
    const { left: remembered } = register.events(...many).state();
    expect([remembered.size, remembered.has('p-0'), remembered.has('p-1')]).toEqual([1_000, false, true]);
  });

  it('is kept as a snapshot', () => {
    const { category, snapshot } = promotionRegisterAggregate;
    expect(`${category}-${PROMOTION_REGISTER}`).toBe('promotionregister-shop');
    const state = register.events(entered(3), left(2, 'p-2')).state();
    const json: unknown = JSON.parse(JSON.stringify(snapshot?.write(state)));
    expect(snapshot?.read(json as never)).toEqual(state);
  });
});
