import type { DomainEvent } from '../../shared/index.js';
import { foldOf } from '../../shared/test-support/golden-stories.js';
import type { GoldenStories } from '../../shared/test-support/golden-stories.js';
import { promotionDecider, promotionRegisterDecider } from '../index.js';

/** What the context keeps in two streams is told apart by what stands before the dot of a type. */
const ofStream = (category: string, events: readonly DomainEvent[]): readonly DomainEvent[] =>
  events.filter(({ type }) => type.startsWith(`${category}.`));

const ORDER = '4f2d7c0a-93be-5d1c-8a6e-1c2b3d4e5f60';
const isOver = new Map([[ORDER, Date.UTC(2026, 6, 15, 10, 15)]]);
const uses = (members: object) => ({ promotion: { edition: 1, uses: members } });

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
    {
      events: 'promotion.created promotion.use-reserved',
      outcome: uses({
        byCustomer: new Map([['customer-1042', 1]]),
        amounts: new Map([['EUR', { used: 0, held: 1250 }]]),
      }),
    },
    {
      events: 'promotion.created promotion.use-reserved promotion.use-committed',
      outcome: uses({ used: 1, amounts: new Map([['EUR', { used: 1250, held: 0 }]]) }),
    },
    {
      events: 'promotion.created promotion.use-reserved promotion.use-released',
      outcome: uses({ used: 0, holds: new Map(), closed: isOver }),
    },
    {
      events: 'promotion.created promotion.use-reserved promotion.used-up',
      outcome: { promotion: { isUsedUp: true, edition: 2 } },
    },
    {
      events:
        'promotion.created promotion.use-reserved promotion.used-up promotion.use-released promotion.usable-again',
      outcome: { promotion: { isUsedUp: false, edition: 3 } },
    },
    { events: 'promotion.created promotion.use-closed', outcome: uses({ closed: isOver }) },
    {
      events: 'promotion.created promotion.use-reserved promotion.use-committed promotion.use-returned',
      outcome: uses({ used: 0, closed: isOver, byCustomer: new Map() }),
    },
  ],
};
