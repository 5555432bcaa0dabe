import type { ReserveStock } from '../../domain/inventory/index.js';
import type { ShortLine, SkuQuantity } from '../../domain/shared/index.js';
import type { SagaTimer } from '../../infra/engine/sagas/index.js';
import type { SagaCommand, SagaStep } from '../saga.js';
import type { CheckoutState, Failure, MoneyKnown } from './checkout.js';
import { releaseCards, useCommands } from '../effects/ledger-commands.js';

// The commands of a checkout, each beside its compensation. A compensation is satisfied where there is nothing to undo, so a
// checkout that fails compensates all that it may have done without knowing how far it came.

export const OPEN_ORDER = 'open-order';
export const AUTHORIZE = 'authorize';
export const FAIL_PAYMENT = 'fail-payment';
export const CONFIRM = 'confirm';
export const VOID_LATE = 'void-late';

type HoldTerms = Pick<ReserveStock, 'expiresAt' | 'client'>;

/** Reserves stock with one hold a SKU, whose expiry is this saga's timer. */
export function reserve(state: CheckoutState, lines: readonly SkuQuantity[], terms: HoldTerms): SagaCommand[] {
  const { orderId } = state;
  const units = new Map<string, number>();
  for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return [...units].map(([sku, quantity]) => ({
    key: `reserve:${sku}`,
    target: 'inventory',
    id: sku,
    command: { type: 'reserve-stock', sku, orderId, quantity, ...terms },
  }));
}

/** Gives back what is held, and has what was refused stay so: another runner may still send the reservation. */
export const release = ({ orderId, skus, expiresAt }: CheckoutState, { code }: Failure): SagaCommand[] =>
  skus.map((sku) => ({
    key: `release:${sku}`,
    target: 'inventory',
    id: sku,
    command: { type: 'release-stock', sku, orderId, reason: code, ...(expiresAt === undefined ? {} : { expiresAt }) },
  }));

/** Gives the uses of coupons and limited promotions back; as with stock, what was refused stays so. */
const releaseUses = ({ orderId, uses, customer, expiresAt }: CheckoutState): SagaCommand[] =>
  uses === undefined || customer === undefined || expiresAt === undefined
    ? []
    : useCommands('release', uses, { orderId, customer, expiresAt });

/** Authorises the payment; the same command again asks the provider again, with the same key. */
export const authorize = ({ paymentId, orderId, amount, source, askBy }: CheckoutState): SagaCommand => ({
  key: AUTHORIZE,
  target: 'payment-gateway',
  id: paymentId,
  command: { type: 'authorize', orderId, amount, source, ...(askBy === null ? {} : { askBy }) },
});

export const failPayment = ({ paymentId }: CheckoutState, { code, detail }: Failure): SagaCommand => ({
  key: FAIL_PAYMENT,
  target: 'payment',
  id: paymentId,
  command: { type: 'fail-payment', code, detail },
});

export const voidMoney = ({ orderId, paymentId }: CheckoutState, key: string, reason: string): SagaCommand => ({
  key,
  target: 'payment-gateway',
  id: paymentId,
  command: { type: 'void', orderId, reason },
});

/** Reopens the cart, which was checked out before this saga began. */
export const reopenCart = ({ source, orderId }: CheckoutState, { code, promotionId }: Failure): SagaCommand => ({
  key: 'reopen-cart',
  target: 'cart',
  id: source.cartId,
  command: {
    type: 'reopen-cart',
    orderId,
    code,
    ...(promotionId === undefined ? {} : { withoutPromotion: promotionId }),
  },
});

/**
 * Opens the order. Its compensation, the rejection, comes last and names what failed, not what was undone last; an order whose
 * cancellation was requested takes it as that.
 */
export const openOrder = ({ orderId, source }: CheckoutState): SagaCommand => ({
  key: OPEN_ORDER,
  target: 'order-opening',
  id: orderId,
  command: { type: 'open-order-from-cart', source },
});

export const confirmOrder = ({ orderId }: CheckoutState): SagaCommand => ({
  key: CONFIRM,
  target: 'order',
  id: orderId,
  command: { type: 'confirm-order' },
});

export const rejectOrder = (state: CheckoutState, { code, detail, cause }: Failure): SagaCommand => ({
  key: 'reject',
  ...(cause === undefined ? {} : { causationId: cause }),
  target: 'order',
  id: state.orderId,
  command: { type: 'reject-order', code, ...(code === 'INVENTORY.INSUFFICIENT_STOCK' ? shortage(state) : { detail }) },
});

const NAMED = 3;

/** Lists every SKU that was short, in the order of the lines; the sentence names the first ones. */
function shortage({ skus, short }: CheckoutState): { readonly detail: string; readonly lines: readonly ShortLine[] } {
  const lines = short.toSorted((a, b) => skus.indexOf(a.sku) - skus.indexOf(b.sku));
  const named = lines
    .slice(0, NAMED)
    .map(({ sku, requested, available }) => `${sku} (${requested} asked for, ${available} available)`);
  const others = lines.length > NAMED ? ` and ${lines.length - NAMED} more` : '';
  return { detail: `There is too little of ${named.join(', ')}${others}.`, lines };
}

// The steps of a checkout from one phase to the next, and how long each phase may take.

type Step = SagaStep<CheckoutState>;

export const HOLD_EXPIRY = 'hold-expiry';
export const ASK_AGAIN = 'ask-again';
export const GIVE_UP = 'give-up';

/** How long stock is held for an order that is not confirmed; longer than any payment takes. */
const HOLD_MS = 15 * 60_000;
/** After this long without a definite answer of the provider a checkout gives up. */
const GIVE_UP_MS = 25_000;
/** A buyer who has to confirm first may take this long; what is held lasts longer. */
const BUYER_MS = 10 * 60_000;
/** Pause between queries while the buyer confirms: they make up for a webhook that is lost. */
const BUYER_PAUSE_MS = 30_000;
/** A provider that could not be asked so long is asked no more: what is held lasts longer. */
const ASK_WITHIN_MS = 10 * 60_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 8_000;

const later = (now: string, milliseconds: number): string => new Date(Date.parse(now) + milliseconds).toISOString();

export const holdExpiry = (now: string): string => later(now, HOLD_MS);
const giveUpTime = (now: string): string => later(now, GIVE_UP_MS);
const buyerTime = (now: string): string => later(now, BUYER_MS);
const askForBuyerTime = (now: string): string => later(now, BUYER_PAUSE_MS);
const askByTime = (now: string): string => later(now, ASK_WITHIN_MS);

/** Backs off 1, 2, 4, 8, 8, … seconds after an answer with an unknown outcome. */
const askAgainTime = (now: string, asked: number): string =>
  later(now, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (asked - 1)));

const NO_ANSWER: Failure = { code: 'PAYMENT.TIMEOUT', detail: 'The payment provider did not answer in time.' };
const NOT_CONFIRMED: Failure = { code: 'PAYMENT.TIMEOUT', detail: 'The buyer did not confirm the payment in time.' };
const PAYMENT_TIMERS: readonly SagaTimer[] = [
  { key: ASK_AGAIN, due: null },
  { key: GIVE_UP, due: null },
];
const ALL_TIMERS: readonly SagaTimer[] = [...PAYMENT_TIMERS, { key: HOLD_EXPIRY, due: null }];

const keysOf = (commands: readonly SagaCommand[]): string[] => commands.map(({ key }) => key);

/** Requests the payment once all stock is held, or undoes what is held where something is not. */
export function afterReserving(state: CheckoutState, now: string): Step {
  if (state.failure !== null) return compensate(state, state.failure);
  const asking: CheckoutState = { ...state, phase: 'authorizing', money: 'asked', asked: 1, askBy: askByTime(now) };
  return {
    state: asking,
    commands: [authorize(asking)],
    timers: [{ key: GIVE_UP, due: giveUpTime(now) }],
    joint: true,
  };
}

/** Waits before the provider is asked again that gave no definite answer. */
export const pauseBeforeAsking = (state: CheckoutState, now: string): Step => ({
  state,
  timers: [{ key: ASK_AGAIN, due: state.buyerConfirms ? askForBuyerTime(now) : askAgainTime(now, state.asked) }],
});

/** Gives the buyer minutes to confirm the payment; once, however often the provider sends them to their bank. */
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
  commands: [authorize(state)],
});

/** Asks the provider again at once where it was asked without a definite answer. */
export const askNow = (state: CheckoutState): Step =>
  state.phase === 'authorizing' ? { ...askAgain(state), timers: [{ key: ASK_AGAIN, due: null }] } : { state };

/**
 * Confirms or compensates once the provider has decided, by its answer or by a notice, whichever came first. The confirmation makes
 * the holds firm: nobody but this saga releases one before.
 */
export function moneySettled(state: CheckoutState, money: MoneyKnown, failure: Failure | null): Step {
  const known: CheckoutState = { ...state, money, failure: state.failure ?? failure };
  if (known.failure !== null) return compensate(known, known.failure);
  return {
    state: { ...known, phase: 'confirming' },
    commands: [confirmOrder(known)],
    answered: [AUTHORIZE],
    timers: ALL_TIMERS,
    joint: true,
  };
}

/** Fails the payment. An authorisation that comes later is voided; see `voidLateMoney`. */
export function giveUp(state: CheckoutState): Step {
  const why = state.buyerConfirms ? NOT_CONFIRMED : NO_ANSWER;
  const command = failPayment(state, why);
  const failure = state.failure ?? why;
  return {
    state: { ...state, phase: 'giving-up', money: 'given-up', failure, waiting: [command.key] },
    commands: [command],
    timers: PAYMENT_TIMERS,
  };
}

/**
 * Waits for a provider that was never asked, because a store was away: there is no answer to give up on. The payment gateway
 * decides whether the provider is still asked, by `askBy`.
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

/** Undoes every step at once; the order is rejected last. */
export function compensate(state: CheckoutState, failure: Failure): Step {
  const cards = releaseCards(state.cards ?? [], state.orderId, failure.code);
  const commands = [...release(state, failure), ...releaseUses(state), ...cards, reopenCart(state, failure)];
  // A refusal may rest on what this process has not seen: the payment's own stream knows whether there is anything to void.
  if (state.money !== 'none') commands.push(voidMoney(state, 'void', failure.code));
  return {
    state: { ...state, phase: 'compensating', failure, waiting: keysOf(commands) },
    commands,
    timers: ALL_TIMERS,
  };
}

export function afterCompensating(state: CheckoutState): Step {
  if (!state.orderOpened || state.failure === null) return end(state);
  return { state: { ...state, phase: 'ending' }, commands: [rejectOrder(state, state.failure)] };
}

/** Ends the checkout, unless the provider may still authorise: then it watches for that. */
export function end(state: CheckoutState): Step {
  const knownToBeFree = state.money === 'none' || state.money === 'held' || state.lateVoid === 'answered';
  return { state: { ...state, phase: 'watching' }, done: knownToBeFree };
}

/** Voids money that the provider holds for a checkout that has given up or was refused. */
export function voidLateMoney(state: CheckoutState): Step {
  if (state.money === 'held' || state.money === 'none' || state.lateVoid !== 'none') return { state };
  return {
    state: { ...state, lateVoid: 'sent' },
    commands: [voidMoney(state, VOID_LATE, 'PAYMENT.TIMEOUT')],
  };
}

export const lateMoneyVoided = (state: CheckoutState): Step => ({
  state: { ...state, lateVoid: 'answered' },
  done: state.phase === 'watching',
});
