import type { SagaCommand, SagaStep, SagaTimer } from '../saga.js';
import type { CheckoutState, Failure, MoneyKnown } from './state.js';
import * as steps from './steps.js';
import { askAgainTime, askByTime, askForBuyerTime, buyerTime, giveUpTime } from './timing.js';

// How a checkout goes from one phase to the next.

type Step = SagaStep<CheckoutState>;

export const HOLD_EXPIRY = 'hold-expiry';
export const ASK_AGAIN = 'ask-again';
export const GIVE_UP = 'give-up';

const NO_ANSWER: Failure = { code: 'PAYMENT.TIMEOUT', detail: 'The payment provider did not answer in time.' };
const NOT_CONFIRMED: Failure = { code: 'PAYMENT.TIMEOUT', detail: 'The buyer did not confirm the payment in time.' };
const PAYMENT_TIMERS: readonly SagaTimer[] = [
  { key: ASK_AGAIN, due: null },
  { key: GIVE_UP, due: null },
];
const ALL_TIMERS: readonly SagaTimer[] = [...PAYMENT_TIMERS, { key: HOLD_EXPIRY, due: null }];

const keysOf = (commands: readonly SagaCommand[]): string[] => commands.map(({ key }) => key);

/** Everything is held, or something is not. */
export function afterReserving(state: CheckoutState, now: string): Step {
  if (state.failure !== null) return compensate(state, state.failure);
  const asking: CheckoutState = { ...state, phase: 'authorizing', money: 'asked', asked: 1, askBy: askByTime(now) };
  return {
    state: asking,
    commands: [steps.authorize(asking)],
    timers: [{ key: GIVE_UP, due: giveUpTime(now) }],
    joint: true,
  };
}

/** No definite answer: the same question later. */
export const pauseBeforeAsking = (state: CheckoutState, now: string): Step => ({
  state,
  timers: [{ key: ASK_AGAIN, due: state.buyerConfirms ? askForBuyerTime(now) : askAgainTime(now, state.asked) }],
});

/** The provider decides when the buyer has: that may take minutes. Once, however often they are sent to their bank. */
export function waitForBuyer(state: CheckoutState, now: string): Step {
  if (state.phase !== 'authorizing' || state.buyerConfirms) return { state };
  const timers = [
    { key: ASK_AGAIN, due: askForBuyerTime(now) },
    { key: GIVE_UP, due: buyerTime(now) },
  ];
  return { state: { ...state, buyerConfirms: true }, timers };
}

export const askAgain = (state: CheckoutState): Step => ({
  state: { ...state, asked: state.asked + 1 },
  commands: [steps.authorize(state)],
});

/**
 * The provider has said yes or no, by its answer or by a notice, whichever came first. The confirmation makes the holds firm:
 * nobody but this saga lets one go before.
 */
export function moneySettled(state: CheckoutState, money: MoneyKnown, failure: Failure | null): Step {
  const known: CheckoutState = { ...state, money, failure: state.failure ?? failure };
  if (known.failure !== null) return compensate(known, known.failure);
  return {
    state: { ...known, phase: 'confirming' },
    commands: [steps.confirmOrder(known)],
    timers: ALL_TIMERS,
    joint: true,
  };
}

/** A late authorisation will be voided; see `late-money.ts`. */
export function giveUp(state: CheckoutState): Step {
  const why = state.buyerConfirms ? NOT_CONFIRMED : NO_ANSWER;
  const command = steps.failPayment(state, why);
  const failure = state.failure ?? why;
  return {
    state: { ...state, phase: 'giving-up', money: 'given-up', failure, waiting: [command.key] },
    commands: [command],
    timers: PAYMENT_TIMERS,
  };
}

/**
 * The provider has not even been asked, for want of a store: nobody can give up on its answer. Whether it is still asked is
 * decided where it is, by the time until which that may be.
 */
export const keepWaiting = (state: CheckoutState, now: string): Step => ({
  state: {
    ...state,
    phase: 'authorizing',
    money: 'asked',
    failure: state.failure?.code === NO_ANSWER.code ? null : state.failure,
    waiting: [],
  },
  timers: [{ key: GIVE_UP, due: giveUpTime(now) }],
});

/** Lets everything go at once; the order hears of it last. */
export function compensate(state: CheckoutState, failure: Failure): Step {
  const commands = [...steps.release(state, failure), steps.reopenCart(state, failure)];
  const mayBeHeld = state.money !== 'none' && state.money !== 'refused';
  if (mayBeHeld) commands.push(steps.voidMoney(state, 'void', failure.code));
  return {
    state: { ...state, phase: 'compensating', failure, waiting: keysOf(commands) },
    commands,
    timers: ALL_TIMERS,
  };
}

export function afterCompensating(state: CheckoutState): Step {
  if (!state.orderOpened || state.failure === null) return end(state);
  return { state: { ...state, phase: 'ending' }, commands: [steps.rejectOrder(state, state.failure)] };
}

/** Where the provider never said yes, it may still do so. */
export function end(state: CheckoutState): Step {
  const knownToBeFree = state.money === 'none' || state.money === 'held' || state.lateVoid === 'answered';
  return { state: { ...state, phase: 'watching' }, done: knownToBeFree };
}
