import { noUses } from '../shared/index.js';
import { Promotion, promotionView } from './index.js';
import { inJuly, promotionId } from './test-support/promotions.js';

describe('what is shown of a promotion', () => {
  it('is all that was said of it, with its status', () => {
    const details = {
      ...inJuly,
      when: [{ type: 'quantity' as const, atLeast: 2, of: { except: { skus: ['1'] } } }],
      combines: ['seasonal'],
    };
    const view = promotionView(
      { status: 'active', inForce: true, promotionId, details, edition: 2, uses: noUses(), isUsedUp: false },
      1,
    );
    expect(view).toEqual({ promotionId, ...details, status: 'active', limits: {}, version: 1 });
    expect(Promotion.pick(view)).toEqual(view);
    const limits = { uses: 5 };
    expect(
      promotionView(
        { status: 'draft', promotionId, details: { ...inJuly, limits }, edition: 1, uses: noUses(), isUsedUp: false },
        0,
      ),
    ).toEqual({
      promotionId,
      ...inJuly,
      limits,
      status: 'draft',
      version: 0,
    });
  });
});
