import { given } from '../shared/test-support/index.js';
import { variantAggregate, variantDecider } from './index.js';
import type { Prices, VariantEvent } from './index.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const eur = (amount: number) => ({ amount, currency: 'EUR' });
const tea = {
  productId: 'p-1',
  sku: 'TEA-1',
  prices: [usd(499)],
  taxClass: 'standard',
} as const;
const created: VariantEvent = { type: 'variant.created.v1', data: tea };
const pricesChanged = (was: Prices, prices: Prices): VariantEvent => ({
  type: 'variant.prices-changed.v1',
  data: { productId: 'p-1', sku: 'TEA-1', was, prices },
});
const sold = given(variantDecider).events(created);

describe('creating a variant', () => {
  it('claims its SKU, with its tax class tidied', () => {
    given(variantDecider)
      .when({ type: 'create-variant', ...tea, taxClass: ' standard ' })
      .then(created);
  });

  it('is refused when the SKU is taken, also by the same product', () => {
    sold.when({ type: 'create-variant', ...tea }).refused('PRODUCT.SKU_TAKEN');
  });

  it('has a stream by SKU', () => {
    expect(variantAggregate).toEqual({ category: 'variant', decider: variantDecider });
  });
});

describe('changing a variant', () => {
  it('records all prices, as they were and as they are', () => {
    sold.when({ type: 'change-variant', prices: [usd(599)] }).thenOnce(pricesChanged([usd(499)], [usd(599)]));
    sold
      .when({ type: 'change-variant', prices: [usd(499), eur(450)] })
      .thenOnce(pricesChanged([usd(499)], [usd(499), eur(450)]));
  });

  it('may change the currency', () => {
    sold.when({ type: 'change-variant', prices: [eur(499)] }).thenOnce(pricesChanged([usd(499)], [eur(499)]));
  });

  it('changes its tax class, tidied, where it is another one', () => {
    const data = { productId: 'p-1', sku: 'TEA-1', taxClass: 'food' };
    sold.when({ type: 'change-variant', taxClass: ' food ' }).thenOnce({ type: 'variant.details-changed.v1', data });
    sold.when({ type: 'change-variant', taxClass: 'standard ' }).then();
  });

  it('keeps its kind', () => {
    sold.when({ type: 'change-variant', kind: 'physical' }).then();
    sold.when({ type: 'change-variant', kind: 'gift-card' }).refused('PRODUCT.KIND_FIXED', { kind: 'physical' });
    const card = given(variantDecider).events({ type: 'variant.created.v1', data: { ...tea, kind: 'gift-card' } });
    card.when({ type: 'change-variant', kind: 'gift-card' }).then();
    card
      .when({ type: 'change-variant', kind: 'physical', taxClass: 'food' })
      .refused('PRODUCT.KIND_FIXED', { kind: 'gift-card' });
  });

  it('records what changed of both, and nothing that is so already', () => {
    const data = { productId: 'p-1', sku: 'TEA-1', taxClass: 'food' };
    sold
      .when({ type: 'change-variant', taxClass: 'food', prices: [usd(1)] })
      .thenOnce({ type: 'variant.details-changed.v1', data }, pricesChanged([usd(499)], [usd(1)]));
    sold.when({ type: 'change-variant', taxClass: 'standard', prices: [usd(499)] }).then();
    sold
      .events(pricesChanged([usd(499)], [usd(599)]))
      .when({ type: 'change-variant', prices: [usd(599)] })
      .then();
  });

  it('records a price in one of its currencies that changes or is taken away', () => {
    const both: Prices = [usd(499), eur(450)];
    const inBoth = sold.events(pricesChanged([usd(499)], both));
    inBoth
      .when({ type: 'change-variant', prices: [usd(499), eur(460)] })
      .thenOnce(pricesChanged(both, [usd(499), eur(460)]));
    inBoth.when({ type: 'change-variant', prices: [usd(499)] }).thenOnce(pricesChanged(both, [usd(499)]));
  });

  it('is refused for a SKU that nobody created', () => {
    given(variantDecider)
      .when({ type: 'change-variant', prices: [usd(1)] })
      .refused('PRODUCT.UNKNOWN_SKU');
    given(variantDecider)
      .events(pricesChanged([usd(1)], [usd(2)]))
      .when({ type: 'change-variant', taxClass: 'x' })
      .refused('PRODUCT.UNKNOWN_SKU');
    const state = given(variantDecider)
      .events(pricesChanged([usd(1)], [usd(2)]))
      .state();
    expect(state).toEqual({ status: 'none' });
  });
});
