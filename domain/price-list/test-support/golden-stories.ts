import type { DomainEvent } from '../../shared/index.js';
import { foldOf } from '../../shared/test-support/golden-stories.js';
import type { GoldenStories } from '../../shared/test-support/golden-stories.js';
import { listedProductsDecider, priceListDecider } from '../index.js';

/** What a context keeps in several streams is told by what stands before the dot of a type. */
const ofStream = (category: string, events: readonly DomainEvent[]): readonly DomainEvent[] =>
  events.filter(({ type }) => type.startsWith(`${category}.`));

export const goldenStories: GoldenStories = {
  fold: (events) => ({
    list: foldOf(priceListDecider)(ofStream('price-list', events)),
    products: foldOf(listedProductsDecider)(ofStream('price-list-products', events)),
  }),
  stories: [
    {
      events: 'price-list.created price-list.changed price-list-products.added price-list.begun price-list.ended',
      outcome: {
        list: { status: 'open', priority: 20, isInForce: false, at: '2026-09-01T00:00:00.000Z' },
        products: { skus: ['MUG-BLUE'] },
      },
    },
  ],
};
