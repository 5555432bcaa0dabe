import type { DomainEvent } from '../../shared/index.js';
import { foldOf } from '../../shared/test-support/golden-stories.js';
import type { GoldenStories } from '../../shared/test-support/golden-stories.js';
import { promotionDecider, promotionRegisterDecider } from '../index.js';

/** What the context keeps in two streams is told apart by what stands before the dot of a type. */
const ofStream = (category: string, events: readonly DomainEvent[]): readonly DomainEvent[] =>
  events.filter(({ type }) => type.startsWith(`${category}.`));

const promotionId = 'b3b9c9a0-2f4e-8d53-9a61-5f6f0f8a7c11';

export const goldenStories: GoldenStories = {
  fold: (events) => ({
    promotion: foldOf(promotionDecider)(ofStream('promotion', events)),
    register: foldOf(promotionRegisterDecider)(ofStream('promotion-register', events)),
  }),
  stories: [
    {
      events: 'promotion.created promotion.changed promotion.activated promotion.begun promotion-register.entered',
      outcome: {
        promotion: { status: 'active', inForce: true, edition: 4, details: { name: 'Summer sale', priority: 10 } },
        register: { inForce: new Map([[promotionId, expect.objectContaining({ edition: 3 })]]) },
      },
    },
    {
      events:
        'promotion.created promotion.activated promotion.begun promotion-register.entered promotion.paused ' +
        'promotion-register.left promotion.ended',
      outcome: {
        promotion: { status: 'ended', edition: 5, details: { name: 'Summer sale' } },
        register: { inForce: new Map(), left: new Map([[promotionId, 4]]) },
      },
    },
  ],
};
