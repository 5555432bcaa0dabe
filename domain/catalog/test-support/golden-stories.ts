import type { DomainEvent } from '../../shared/index.js';
import { foldOf } from '../../shared/test-support/golden-stories.js';
import type { GoldenStories } from '../../shared/test-support/golden-stories.js';
import { productDecider, variantDecider } from '../index.js';

/** What a context keeps in several streams is told by what stands before the dot of a type. */
const ofStream = (category: string, events: readonly DomainEvent[]): readonly DomainEvent[] =>
  events.filter(({ type }) => type.startsWith(`${category}.`));

export const goldenStories: GoldenStories = {
  fold: (events) => ({
    product: foldOf(productDecider)(ofStream('product', events)),
    variant: foldOf(variantDecider)(ofStream('variant', events)),
  }),
  stories: [
    {
      events:
        'variant.created product.created product.details-changed variant.details-changed variant.prices-changed variant.prices-in-force-changed variant.price-list-changed',
      outcome: {
        product: { status: 'listed', name: 'Stoneware mug', skus: ['MUG-BLUE', 'MUG-RED'] },
        variant: { status: 'sold', taxClass: 'household', prices: [{ amount: 1299, currency: 'EUR' }] },
      },
    },
  ],
};
