import { NO_PROMOTION, promotionDraft, readPromotion, type Terms } from './promotion-draft.js';

const ZONE = 'Europe/Vienna';
const eur = (amount: number) => ({ amount, currency: 'EUR' as const });

const terms: Terms = {
  name: 'Summer sale',
  description: 'A tenth off.\nIn July.',
  trigger: 'coupon',
  from: '2026-06-30T22:00:00Z',
  to: '2026-07-31T22:00:00Z',
  when: [
    { type: 'subtotal', atLeast: [eur(5000), { amount: 700, currency: 'JPY' }] },
    { type: 'quantity', atLeast: 2, of: { categories: ['Salt, spices'], except: { brands: ['Acme'] } } },
    { type: 'quantity', atLeast: 3 },
    { type: 'first-order' },
  ],
  then: [
    { type: 'percent-off', percent: '12.5', of: { skus: ['1'], attributes: { organic: 'yes' } }, atMost: [eur(1)] },
    { type: 'amount-off', amounts: [eur(1)], of: 'order' },
    {
      type: 'buy-get',
      buy: { quantity: 2, of: { skus: ['1'] } },
      get: { quantity: 1, percent: '100' },
      timesAtMost: 1,
    },
    { type: 'fixed-price', amounts: [eur(0)], of: { except: { except: { skus: ['2'] }, skus: ['1'] } } },
    { type: 'free-shipping', methods: ['standard'] },
    { type: 'percent-off', percent: '5', of: 'shipping' },
  ],
  channels: ['default'],
  currencies: ['EUR', 'JPY'],
  customerGroups: ['club'],
  countries: ['DE'],
  priority: -3,
  combines: ['seasonal', 'club'],
  group: 'seasonal',
  limits: { uses: 1, usesPerCustomer: 1, budget: eur(1) },
};

describe('a promotion that is typed', () => {
  it('is the one that it was made of where nothing was typed', () => {
    expect(readPromotion(promotionDraft(terms, ZONE), ZONE)).toEqual({ body: terms, misfits: [] });
  });

  it('has its times by the clock of the shop', () => {
    const draft = promotionDraft(terms, ZONE);
    expect([draft.from, draft.to]).toEqual(['2026-07-01T00:00', '2026-08-01T00:00']);
    expect(readPromotion({ ...draft, to: '2026-12-01T00:00' }, ZONE).body.to).toBe('2026-11-30T23:00:00Z');
  });

  it('tells where what was typed is no amount or no number', () => {
    const draft = structuredClone(NO_PROMOTION);
    const [effect] = draft.then;
    if (effect !== undefined) Object.assign(effect, { type: 'amount-off', amounts: [{ amount: 'x', currency: '' }] });
    const limits = { uses: 'many', usesPerCustomer: '', budget: { amount: '', currency: 'EUR' } };
    const { misfits } = readPromotion({ ...draft, limits, priority: '1.5' }, ZONE);
    expect(misfits.map(({ path }) => path)).toEqual([
      'limits.uses',
      'limits.budget.amount',
      'then.0.amounts.0.amount',
      'priority',
    ]);
  });

  it('has no limits, window or audience where these are left empty', () => {
    expect(readPromotion({ ...NO_PROMOTION, name: ' A tenth ' }, ZONE).body).toEqual({
      name: 'A tenth',
      trigger: 'automatic',
      when: [],
      then: [{ type: 'percent-off', percent: '', of: 'order' }],
      priority: 0,
      combines: 'all',
    });
  });
});
