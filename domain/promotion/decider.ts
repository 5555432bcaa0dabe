import { accept } from '../shared/index.js';
import type { Aggregate, Decider, Decision } from '../shared/index.js';
import type {
  ActivatePromotion,
  ChangePromotion,
  CreatePromotion,
  EnterPromotion,
  FollowWindow,
  LeavePromotion,
  PromotionCommand,
  PromotionRegisterCommand,
} from './commands.js';
import type { PromotionDetails, PromotionStreamEvent, PromotionRegisterEvent } from './events.js';
import { parseChanged, parsePromotion } from './parse-terms.js';
import { hasEnded, invalidPromotion, isDraft, unknownPromotion } from './refusals.js';
import { limitsOf, promotionSnapshot, promotionStates, registerSnapshot, registerStates } from './state.js';
import type { KnownPromotion, PromotionRegisterState, PromotionState } from './state.js';
import { availableWith, reservePromotionUse, settlePromotionUse } from './uses.js';

export function createPromotion(
  { promotionId, promotion: json }: CreatePromotion,
  state: PromotionState,
): Decision<PromotionStreamEvent> {
  if (state.status !== 'none') return accept();
  const reading = parsePromotion(json);
  if (!reading.valid) return invalidPromotion(reading.problems);
  return accept({ type: 'promotion.created.v1', data: { promotionId, ...reading.details } });
}

export function changePromotion(
  { changes, at }: ChangePromotion,
  state: PromotionState,
): Decision<PromotionStreamEvent> {
  if (state.status === 'none') return unknownPromotion();
  if (state.status === 'ended') return hasEnded();
  const reading = parseChanged(state.details, changes);
  if (!reading.valid) return invalidPromotion(reading.problems);
  const { details } = reading;
  if (sameDetails(details, state.details)) return accept();
  const changed: PromotionStreamEvent = {
    type: 'promotion.changed.v1',
    data: { promotionId: state.promotionId, ...details },
  };
  const now = promotionStates.evolve(state, changed);
  return accept(changed, ...availableWith(limitsOf(details), state), ...due(now, at));
}

const sameDetails = (a: PromotionDetails, b: PromotionDetails): boolean => sortedText(a) === sortedText(b);

/** Equal for equal details, whatever the order of their members. */
const sortedText = (details: PromotionDetails): string =>
  JSON.stringify(details, (_name, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

export function activatePromotion({ at }: ActivatePromotion, state: PromotionState): Decision<PromotionStreamEvent> {
  if (state.status === 'none') return unknownPromotion();
  if (state.status === 'ended') return hasEnded();
  if (state.status === 'active') return accept(...due(state, at));
  const { promotionId, details } = state;
  const { from, to } = details;
  const data = { promotionId, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  const activated: PromotionStreamEvent = { type: 'promotion.activated.v1', data };
  return accept(activated, ...due(promotionStates.evolve(state, activated), at));
}

export function pausePromotion(state: PromotionState): Decision<PromotionStreamEvent> {
  if (state.status === 'none') return unknownPromotion();
  if (state.status === 'ended') return hasEnded();
  if (state.status === 'draft') return isDraft();
  if (state.status === 'paused') return accept();
  return accept({ type: 'promotion.paused.v1', data: { promotionId: state.promotionId } });
}

export function endPromotion(state: PromotionState): Decision<PromotionStreamEvent> {
  if (state.status === 'none') return unknownPromotion();
  if (state.status === 'ended') return accept();
  return accept({ type: 'promotion.ended.v1', data: { promotionId: state.promotionId, by: 'request' } });
}

export const followWindow = ({ at }: FollowWindow, state: PromotionState): Decision<PromotionStreamEvent> =>
  accept(...due(state, at));

/** What is to happen by now, in its order. A draft has no window yet, and one that is paused only an end. */
function due(state: PromotionState, at: string): readonly PromotionStreamEvent[] {
  if (state.status !== 'active' && state.status !== 'paused') return [];
  const { promotionId } = state;
  const { from, to } = state.details;
  const events: PromotionStreamEvent[] = [];
  if (state.status === 'active' && !state.inForce && isPast(from, at))
    events.push({ type: 'promotion.begun.v1', data: { promotionId } });
  if (to !== undefined && isPast(to, at))
    events.push({ type: 'promotion.ended.v1', data: { promotionId, by: 'window' } });
  return events;
}

/** Times are compared as the texts that they are recorded as: UTC to the millisecond. */
const isPast = (time: string | undefined, at: string): boolean => time === undefined || time <= at;

function decidePromotion(command: PromotionCommand, state: PromotionState): Decision<PromotionStreamEvent> {
  switch (command.type) {
    case 'create-promotion':
      return createPromotion(command, state);
    case 'change-promotion':
      return changePromotion(command, state);
    case 'activate-promotion':
      return activatePromotion(command, state);
    case 'pause-promotion':
      return pausePromotion(state);
    case 'end-promotion':
      return endPromotion(state);
    case 'follow-window':
      return followWindow(command, state);
    case 'reserve-use':
      return reservePromotionUse(command, state);
    case 'commit-use':
    case 'release-use':
    case 'return-use':
      return settlePromotionUse(command, state);
    default:
      return command satisfies never;
  }
}

export const promotionDecider: Decider<PromotionState, PromotionCommand, PromotionStreamEvent> = {
  ...promotionStates,
  decide: decidePromotion,
};

/** Stream `promotion-{promotionId}`. */
export const promotionAggregate: Aggregate<PromotionState, PromotionCommand, PromotionStreamEvent> = {
  category: 'promotion',
  decider: promotionDecider,
  snapshot: promotionSnapshot,
};

/** The id of the one register that all carts are priced by. */
export const PROMOTION_REGISTER = 'shop';

export function enterPromotion(
  { type: _type, ...promotion }: EnterPromotion,
  state: PromotionRegisterState,
): Decision<PromotionRegisterEvent> {
  if (promotion.edition <= knownEdition(promotion, state)) return accept();
  return accept({ type: 'promotion-register.entered.v1', data: promotion });
}

export function leavePromotion(
  { promotionId, edition }: LeavePromotion,
  state: PromotionRegisterState,
): Decision<PromotionRegisterEvent> {
  const entered = state.inForce.get(promotionId);
  if (entered === undefined || edition <= entered.edition) return accept();
  return accept({ type: 'promotion-register.left.v1', data: { promotionId, edition } });
}

const knownEdition = (
  { promotionId }: Pick<KnownPromotion, 'promotionId'>,
  { inForce, left }: PromotionRegisterState,
): number => inForce.get(promotionId)?.edition ?? left.get(promotionId) ?? 0;

function decideRegister(
  command: PromotionRegisterCommand,
  state: PromotionRegisterState,
): Decision<PromotionRegisterEvent> {
  switch (command.type) {
    case 'enter-promotion':
      return enterPromotion(command, state);
    case 'leave-promotion':
      return leavePromotion(command, state);
    default:
      return command satisfies never;
  }
}

export const promotionRegisterDecider: Decider<
  PromotionRegisterState,
  PromotionRegisterCommand,
  PromotionRegisterEvent
> = { ...registerStates, decide: decideRegister };

/** Stream `promotionregister-shop`. Every checkout and every quote folds it, so it has a snapshot. */
export const promotionRegisterAggregate: Aggregate<
  PromotionRegisterState,
  PromotionRegisterCommand,
  PromotionRegisterEvent
> = { category: 'promotionregister', decider: promotionRegisterDecider, snapshot: registerSnapshot };
