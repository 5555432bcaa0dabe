import type { CartCheckedOut } from '../../domain/cart/index.js';
import { askedOfProvider } from '../../domain/order/index.js';
import type { OrderCancellationRequested, OrderConfirmed } from '../../domain/order/index.js';
import type { PaymentActionRequired, PaymentAuthorized, PaymentDeclined } from '../../domain/payment/index.js';
import { isGiftCard, usesOf } from '../../domain/shared/index.js';
import type { Money, PromotionUse, ShortLine } from '../../domain/shared/index.js';
import type { CheckoutSource } from '../effects/commands.js';
import { paymentIdOf } from '../effects/aggregate-targets.js';
import { hasUse, holdCards, promotionReservedBy, useCommands } from '../effects/ledger-commands.js';
import {
  anySaga,
  type CommandReply,
  type SagaEvent,
  type SagaReply,
  type SagaTimeout,
} from '../../infra/engine/sagas/index.js';
import { repairsOf, type RepairRequested } from '../repairs.js';
import type { SagaStep } from '../saga.js';
import * as steps from './steps.js';

/**
 * The phase of a checkout. `reserving` and `compensating` wait for the replies of all their commands; `watching` has ended, but
 * the provider may still authorise the payment.
 */
export type CheckoutPhase =
  | 'new'
  | 'reserving'
  | 'authorizing'
  | 'giving-up'
  | 'confirming'
  | 'compensating'
  | 'ending'
  | 'watching';

/** The state of the payment: never requested, requested, authorised, refused, or given up without an answer. */
export type MoneyKnown = 'none' | 'asked' | 'held' | 'refused' | 'given-up';

export interface Failure {
  readonly code: string;
  readonly detail: string;
  /** Id of the business event that caused it; older records lack it. */
  readonly cause?: string;
  /** The promotion that there was no use left of: the cart goes on without it. */
  readonly promotionId?: string;
}

export interface CheckoutState {
  readonly phase: CheckoutPhase;
  readonly orderId: string;
  readonly paymentId: string;
  readonly source: CheckoutSource;
  /** What the provider is asked for. */
  readonly amount: Money;
  readonly skus: readonly string[];
  /** Of coupons and limited promotions; absent where there are none. */
  readonly uses?: readonly PromotionUse[];
  /** Whose uses they are: the account, else the person of the e-mail; only with uses. */
  readonly customer?: string;
  /** Gift cards that pay a part; older records lack it, and have none. */
  readonly cards?: readonly string[];
  /** When its holds expire; older records lack it. */
  readonly expiresAt?: string;
  /** Keys of the commands whose replies the phase waits for. */
  readonly waiting: readonly string[];
  /** Why the checkout fails; the first reason counts. */
  readonly failure: Failure | null;
  /** SKUs without enough stock, in the order of the replies. */
  readonly short: readonly ShortLine[];
  readonly orderOpened: boolean;
  readonly money: MoneyKnown;
  /** How often the provider was asked to authorise. */
  readonly asked: number;
  /** The provider waits for the buyer, who has to confirm the payment. */
  readonly buyerConfirms: boolean;
  /** Until when the provider may be asked for the first time. */
  readonly askBy: string | null;
  /** The provider was refused a question while the checkout was being given up: nobody asks it any more. */
  readonly askRefused?: boolean;
  /** Whether an authorisation that came after the end is being, or was, voided. */
  readonly lateVoid: 'none' | 'sent' | 'answered';
}

const newCheckout = (): CheckoutState => ({
  phase: 'new',
  orderId: '',
  paymentId: '',
  source: { cartId: '', revision: 0 },
  amount: { amount: 0, currency: '' },
  skus: [],
  waiting: [],
  failure: null,
  short: [],
  orderOpened: false,
  money: 'none',
  asked: 0,
  buyerConfirms: false,
  askBy: null,
  lateVoid: 'none',
});

type Step = SagaStep<CheckoutState>;
type Paid = PaymentActionRequired | PaymentAuthorized | PaymentDeclined;
type Followed = CartCheckedOut | OrderCancellationRequested | Paid | OrderConfirmed | RepairRequested;

const CANCELLED: Failure = { code: 'ORDER.CANCELLED', detail: 'The order was cancelled before it was confirmed.' };
const TOO_LITTLE: Failure = {
  code: 'PAYMENT.PARTLY_AUTHORIZED',
  detail: 'The provider holds less than the order costs.',
};
const SHORT = 'INVENTORY.INSUFFICIENT_STOCK';
const STOPPED: Failure = { code: 'CHECKOUT.STOPPED', detail: 'The shop has ended the checkout.' };
const EXPIRED: Failure = { code: 'INVENTORY.HOLD_EXPIRED', detail: 'The stock could not be held any longer.' };

/** Opens the order and reserves all the stock at once; gift cards have none. All of it follows from the event, which is its record. */
function begin(state: CheckoutState, event: SagaEvent<CartCheckedOut['data']>, now: string): Step {
  if (state.phase !== 'new') return { state };
  const { cartId, orderId, totals, client, discounts, customerId, personId, tenders = [] } = event.data;
  const lines = event.data.lines.filter((line) => !isGiftCard(line));
  const uses = usesOf(discounts ?? []).filter(hasUse);
  const customer = customerId ?? personId;
  const expiresAt = steps.holdExpiry(event.at);
  const begun: CheckoutState = {
    ...state,
    phase: 'reserving',
    orderId,
    paymentId: paymentIdOf(orderId),
    source: { cartId, revision: event.revision },
    amount: askedOfProvider(totals.total, tenders),
    skus: [...new Set(lines.map(({ sku }) => sku))],
    ...(uses.length === 0 ? {} : { uses, customer }),
    expiresAt,
    ...(tenders.length === 0 ? {} : { cards: tenders.map(({ giftCardId }) => giftCardId) }),
  };
  const commands = [
    steps.openOrder(begun),
    ...steps.reserve(begun, lines, client === undefined ? { expiresAt } : { expiresAt, client }),
    ...useCommands('reserve', uses, { orderId, customer, expiresAt }),
    ...holdCards(tenders, { orderId, expiresAt }),
  ];
  return {
    state: { ...begun, waiting: commands.map(({ key }) => key) },
    commands,
    // A checkout that was taken up late has as long as any other.
    timers: [{ key: steps.HOLD_EXPIRY, due: steps.holdExpiry(now) }],
    unrecorded: true,
  };
}

/** Waits for the commands under way, then undoes them. From confirming on, the order decides which of the two came first. */
function stopBeforeConfirming(state: CheckoutState, failure: Failure): Step {
  const canStop = state.phase === 'reserving' || state.phase === 'authorizing';
  if (!canStop || state.failure !== null) return { state };
  const stopping = { ...state, failure };
  // A buyer who has not confirmed yet is not waited for: what they authorise later is voided.
  return state.buyerConfirms ? steps.giveUp(stopping) : { state: stopping };
}

/** Fails a checkout that is under way, without waiting for the provider: money that it holds later is voided. */
function stopAtOnce(state: CheckoutState): Step {
  const step = stopBeforeConfirming(state, STOPPED);
  return step.state !== state && step.state.phase === 'authorizing' ? steps.giveUp(step.state) : step;
}

const canStop = ({ phase, failure }: CheckoutState): boolean =>
  failure === null && (phase === 'new' || phase === 'reserving' || phase === 'authorizing');

const hasFailed = ({ phase }: CheckoutState): boolean =>
  phase === 'giving-up' || phase === 'compensating' || phase === 'ending' || phase === 'watching';

function onAuthorized(state: CheckoutState, { data }: SagaEvent<PaymentAuthorized['data']>): Step {
  const failure = data.amount.amount < state.amount.amount ? TOO_LITTLE : null;
  if (state.phase === 'authorizing') return steps.moneySettled(state, 'held', failure);
  return hasFailed(state) ? steps.voidLateMoney(state) : { state };
}

function onDeclined(state: CheckoutState, { data }: SagaEvent<PaymentDeclined['data']>): Step {
  if (state.phase !== 'authorizing') return { state };
  const { code, detail } = data;
  return steps.moneySettled(state, 'refused', { code, detail });
}

function onReply(state: CheckoutState, { key, reply }: SagaReply, now: string): Step {
  if (key === steps.AUTHORIZE) return onAuthorizeReply(state, reply, now);
  if (key === steps.VOID_LATE) return steps.lateMoneyVoided(state);
  if (state.phase === 'confirming') return onConfirmReply(state, key, reply);
  if (state.phase === 'ending') return key === 'reject' ? steps.end(state) : { state };
  return state.waiting.includes(key) ? onAwaitedReply(state, { key, reply }, now) : { state };
}

function onAuthorizeReply(state: CheckoutState, reply: CommandReply, now: string): Step {
  if (state.phase === 'giving-up' && reply.outcome === 'refused') return { state: { ...state, askRefused: true } };
  if (state.phase !== 'authorizing') return { state };
  if (reply.outcome === 'unknown') return steps.pauseBeforeAsking(state, now);
  return reply.outcome === 'accepted'
    ? steps.moneySettled(state, 'held', null)
    : steps.moneySettled(state, reply.refusal.code === TOO_LITTLE.code ? 'held' : 'refused', reply.refusal);
}

function onConfirmReply(state: CheckoutState, key: string, reply: CommandReply): Step {
  // The order's own event ends the checkout.
  return key === steps.CONFIRM && reply.outcome === 'refused' ? steps.compensate(state, failureOf(reply)) : { state };
}

function onAwaitedReply(state: CheckoutState, { key, reply }: AwaitedReply, now: string): Step {
  if (key === steps.FAIL_PAYMENT && isStillToBeAsked(state, reply)) return steps.keepWaiting(state, now);
  const waiting = state.waiting.filter((other) => other !== key);
  const isOpened = key === steps.OPEN_ORDER && reply.outcome === 'accepted';
  const next: CheckoutState = {
    ...state,
    waiting,
    orderOpened: state.orderOpened || isOpened,
    failure: state.failure ?? (state.phase === 'reserving' ? failureIn(state, key, reply) : null),
    short: [...state.short, ...shortIn(reply)],
  };
  if (waiting.length === 0) return afterPhase(next, now);
  // While other replies are awaited, an accepted one changes nothing that a repeated reply would not.
  return { state: next, unrecorded: reply.outcome === 'accepted' };
}

function failureIn({ uses = [] }: CheckoutState, key: string, reply: CommandReply): Failure | null {
  if (reply.outcome !== 'refused') return null;
  const promotionId = promotionReservedBy(key, uses);
  return promotionId === undefined ? failureOf(reply) : { ...failureOf(reply), promotionId };
}

const shortIn = (reply: CommandReply): readonly ShortLine[] =>
  // The refusal's code determines the type of its extra members.
  reply.outcome === 'refused' && reply.refusal.code === SHORT ? [reply.refusal.extra as ShortLine] : [];

interface AwaitedReply {
  readonly key: string;
  readonly reply: CommandReply;
}

/** There is no payment to give up, none has come meanwhile, and one may still come. */
const isStillToBeAsked = ({ lateVoid, askRefused = false }: CheckoutState, reply: CommandReply): boolean =>
  reply.outcome === 'refused' && reply.refusal.code === 'PAYMENT.NOT_FOUND' && lateVoid === 'none' && !askRefused;

const failureOf = ({ refusal: { code, detail } }: CommandReply & { outcome: 'refused' }): Failure => ({ code, detail });

function afterPhase(state: CheckoutState, now: string): Step {
  switch (state.phase) {
    case 'reserving':
      return steps.afterReserving(state, now);
    case 'giving-up':
      return state.failure === null ? { state } : steps.compensate(state, state.failure);
    case 'compensating':
      return steps.afterCompensating(state);
    default:
      return { state };
  }
}

function onTimeout(state: CheckoutState, { key }: SagaTimeout): Step {
  if (key === steps.HOLD_EXPIRY) return stopBeforeConfirming(state, EXPIRED);
  if (state.phase !== 'authorizing') return { state };
  return key === steps.GIVE_UP ? steps.giveUp(state) : steps.askAgain(state);
}

/** Keeps the event by which a checkout failed: much else happens until the order is rejected. */
function withCause(step: Step, before: CheckoutState, cause: string): Step {
  const { failure } = step.state;
  if (failure === null || before.failure !== null) return step;
  return { ...step, state: { ...step.state, failure: { ...failure, cause } } };
}

const order = ({ orderId }: { readonly orderId: string }): string => orderId;

/** Turns a checked-out cart into a confirmed order, or into a rejected one with every step undone. Id: the order's. */
export const checkoutSaga = anySaga<CheckoutState, Followed>({
  name: 'checkout',
  initialState: newCheckout,
  on: {
    'cart.checked-out.v1': { id: order, begins: () => true, inline: true, react: begin },
    'order.cancellation-requested.v1': {
      // After the confirmation it is the fulfilment's.
      id: ({ orderId, confirmed }) => (confirmed ? null : orderId),
      react: (state, { id }) => withCause(stopBeforeConfirming(state, CANCELLED), state, id),
    },
    'payment.action-required.v1': { id: order, react: (state, _event, now) => steps.waitForBuyer(state, now) },
    'payment.authorized.v1': {
      id: order,
      inline: true,
      react: (state, event) => withCause(onAuthorized(state, event), state, event.id),
    },
    'payment.declined.v1': { id: order, react: (state, event) => withCause(onDeclined(state, event), state, event.id) },
    ...repairsOf<CheckoutState>('checkout', {
      retry: steps.askNow,
      compensate: (state, { id }) => withCause(stopAtOnce(state), state, id),
    }),
    'order.confirmed.v1': { id: order, final: true, react: (state) => ({ state, done: true, unrecorded: true }) },
  },
  onReply: (state, reply, now) => withCause(onReply(state, reply, now), state, reply.cause),
  onTimeout: (state, timeout) => withCause(onTimeout(state, timeout), state, timeout.cause),
  repairs: { retry: ({ phase }) => phase === 'authorizing', compensate: canStop },
});
