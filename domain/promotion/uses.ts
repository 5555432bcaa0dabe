import { accept, commitUse, hasUseLeft, hasUseLeftAfter, releaseUse, reserveUse, returnUse } from '../shared/index.js';
import type { Decision, UseFact, UseLimits } from '../shared/index.js';
import type { CommitUse, ReleaseUse, ReserveUse, ReturnUse } from './commands.js';
import type { PromotionStreamEvent, PromotionUseEvent } from './events.js';
import { orderIsOver, unknownPromotion, usedUp } from './refusals.js';
import { limitsOf } from './state.js';
import type { KnownPromotion, PromotionState } from './state.js';

export function reservePromotionUse(command: ReserveUse, state: PromotionState): Decision<PromotionStreamEvent> {
  if (state.status === 'none') return unknownPromotion();
  const { uses, details } = state;
  const outcome = reserveUse(command, uses, limitsOf(details));
  if (outcome === 'satisfied') return accept();
  if (outcome === 'closed') return orderIsOver();
  return outcome === 'used-up' ? usedUp() : accept(...recorded(outcome, state));
}

const SETTLE = { 'commit-use': commitUse, 'release-use': releaseUse, 'return-use': returnUse };

/** A promotion that is not there has no uses: there is nothing to say of an order that asked for one. */
export function settlePromotionUse(
  command: CommitUse | ReleaseUse | ReturnUse,
  state: PromotionState,
): Decision<PromotionStreamEvent> {
  if (state.status === 'none') return accept();
  const outcome = SETTLE[command.type](command, state.uses);
  return outcome === 'satisfied' ? accept() : accept(...recorded(outcome, state));
}

/** What happened to a use, and what it makes of the promotion for everybody else. */
function recorded(fact: UseFact, state: KnownPromotion): readonly PromotionStreamEvent[] {
  const { promotionId, uses, details } = state;
  const isLeft = hasUseLeftAfter(fact, uses, limitsOf(details));
  return [useEvent(promotionId, fact), ...availability(isLeft, state)];
}

/** What changed limits make of the promotion for everybody. */
export const availableWith = (limits: UseLimits, state: KnownPromotion): readonly PromotionStreamEvent[] =>
  availability(hasUseLeft({}, state.uses, limits), state);

function availability(isLeft: boolean, { promotionId, isUsedUp }: KnownPromotion): readonly PromotionStreamEvent[] {
  if (isLeft && isUsedUp) return [{ type: 'promotion.usable-again.v1', data: { promotionId } }];
  return isLeft || isUsedUp ? [] : [{ type: 'promotion.used-up.v1', data: { promotionId } }];
}

function useEvent(promotionId: string, fact: UseFact): PromotionUseEvent {
  switch (fact.kind) {
    case 'reserved':
      return { type: 'promotion.use-reserved.v1', data: { promotionId, ...withoutKind(fact) } };
    case 'committed':
      return { type: 'promotion.use-committed.v1', data: { promotionId, ...withoutKind(fact) } };
    case 'released':
      return { type: 'promotion.use-released.v1', data: { promotionId, ...withoutKind(fact) } };
    case 'closed':
      return { type: 'promotion.use-closed.v1', data: { promotionId, ...withoutKind(fact) } };
    case 'returned':
      return { type: 'promotion.use-returned.v1', data: { promotionId, ...withoutKind(fact) } };
    default:
      return fact satisfies never;
  }
}

const withoutKind = <Fact extends UseFact>({ kind: _kind, ...use }: Fact): Omit<Fact, 'kind'> => use;
