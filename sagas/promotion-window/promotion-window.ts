import type {
  PromotionActivated,
  PromotionBegun,
  PromotionChanged,
  PromotionEnded,
  PromotionPaused,
  PromotionUsableAgain,
  PromotionUsedUp,
} from '../../domain/promotion/index.js';
import { anySaga, type SagaEvent, type SagaReply, type SagaTimer } from '../../infra/engine/sagas/index.js';
import type { SagaStep } from '../saga.js';

export interface PromotionWindowState {
  readonly status: 'new' | 'active' | 'paused' | 'ended';
  readonly promotionId: string;
  /** RFC 3339 UTC; absent where the window is open there. */
  readonly from?: string;
  readonly to?: string;
}

type Step = SagaStep<PromotionWindowState>;
type Window = Pick<PromotionWindowState, 'from' | 'to'>;

const FOLLOW = 'follow';
const BEGIN = 'begin';
const END = 'end';

/**
 * Has the promotion do what its window asks for by now, and the register told how it is then. It is sent after every change as well:
 * a process may have been killed between the change and the register.
 */
function follow(state: PromotionWindowState, at: string, timers: readonly SagaTimer[] = []): Step {
  const command = { type: 'follow-window' as const, at };
  const sent = { key: FOLLOW, target: 'promotion-window' as const, id: state.promotionId, command };
  // Only the last answer matters: it ends the saga.
  const commands = [state.status === 'ended' ? sent : { ...sent, unawaited: true as const }];
  return { state, commands, timers };
}

/** The end comes whether the promotion is paused or not, and a beginning only of one that is not. What has come by now is followed. */
function timersOf({ status, from, to }: PromotionWindowState, now: string): readonly SagaTimer[] {
  const toCome = (time: string | undefined): string | null => (time !== undefined && time > now ? time : null);
  return [
    { key: BEGIN, due: status === 'active' ? toCome(from) : null },
    { key: END, due: toCome(to) },
  ];
}

const windowOf = ({ from, to }: Window): Window => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});

function onActivated(_state: PromotionWindowState, { data }: SagaEvent<PromotionActivated['data']>, now: string): Step {
  const { promotionId } = data;
  const state: PromotionWindowState = { status: 'active', promotionId, ...windowOf(data) };
  return follow(state, now, timersOf(state, now));
}

function onChanged(state: PromotionWindowState, { data }: SagaEvent<PromotionChanged['data']>, now: string): Step {
  const { status, promotionId } = state;
  if (status === 'ended') return { state };
  const changed: PromotionWindowState = { status, promotionId, ...windowOf(data) };
  return follow(changed, now, timersOf(changed, now));
}

function onBegun(state: PromotionWindowState, _event: SagaEvent<PromotionBegun['data']>, now: string): Step {
  return state.status === 'active' ? follow(state, now, [{ key: BEGIN, due: null }]) : { state };
}

function onPaused(state: PromotionWindowState, _event: SagaEvent<PromotionPaused['data']>, now: string): Step {
  if (state.status === 'ended') return { state };
  const paused: PromotionWindowState = { ...state, status: 'paused' };
  return follow(paused, now, timersOf(paused, now));
}

/** Nothing but the register has to know. */
const onUses = (state: PromotionWindowState, _event: SagaEvent<PromotionUsedUp['data']>, now: string): Step =>
  state.status === 'ended' ? { state } : follow(state, now);

function onEnded(state: PromotionWindowState, _event: SagaEvent<PromotionEnded['data']>, now: string): Step {
  const none = [BEGIN, END].map((key) => ({ key, due: null }));
  return follow({ ...state, status: 'ended' }, now, none);
}

/** The register knows that the promotion has ended: nothing is left to do. */
const onReply = (state: PromotionWindowState, { key }: SagaReply): Step =>
  key === FOLLOW && state.status === 'ended' ? { state, done: true } : { state };

/** A timer may fire when the clock was put back since: the time that it was set for has come all the same. */
function onTimeout(state: PromotionWindowState, key: string, now: string): Step {
  const due = key === BEGIN ? state.from : key === END ? state.to : undefined;
  return due === undefined ? { state } : follow(state, due > now ? due : now);
}

type Followed =
  | PromotionActivated
  | PromotionBegun
  | PromotionChanged
  | PromotionEnded
  | PromotionPaused
  | PromotionUsedUp
  | PromotionUsableAgain;

const promotion = ({ promotionId }: { readonly promotionId: string }): string => promotionId;

/**
 * Begins and ends a promotion at the times of its window, by durable timers, and makes up for what the register of those in force was
 * not told. Id: the promotion's. A draft has none.
 */
export const promotionWindowSaga = anySaga<PromotionWindowState, Followed>({
  name: 'promotion-window',
  initialState: () => ({ status: 'new', promotionId: '' }),
  on: {
    'promotion.activated.v1': { id: promotion, begins: () => true, react: onActivated },
    'promotion.changed.v1': { id: promotion, react: onChanged },
    'promotion.begun.v1': { id: promotion, react: onBegun },
    'promotion.paused.v1': { id: promotion, react: onPaused },
    'promotion.ended.v1': { id: promotion, react: onEnded },
    'promotion.used-up.v1': { id: promotion, react: onUses },
    'promotion.usable-again.v1': { id: promotion, react: onUses },
  },
  onReply,
  onTimeout: (state, { key }, now) => onTimeout(state, key, now),
});
