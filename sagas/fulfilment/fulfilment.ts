import type {
  OrderCancellationRequested,
  OrderConfirmed,
  OrderPaymentRetryRequested,
  OrderShipmentCreated,
  OrderShipmentDelivered,
} from '../../domain/order/index.js';
import { isGiftCard, type Money, type Refusal } from '../../domain/shared/index.js';
import { paymentIdOf } from '../effects/aggregate-targets.js';
import { anySaga, type CommandReply, type SagaEvent, type SagaReply } from '../../infra/engine/sagas/index.js';
import { repairsOf, type RepairRequested } from '../repairs.js';
import type { SagaCommand, SagaStep } from '../saga.js';
import * as steps from './steps.js';

/** The progress of one parcel. A delivery that is reported before the booking is known waits in `deliveredAt`. */
interface ShipmentProgress {
  readonly phase: 'booking' | 'booked' | 'delivering' | 'delivered';
  readonly deliveredAt?: string;
}

/**
 * Why nothing more will be shipped: the last line has, or none had to be, or the open ones were cancelled. The holds of `skus` are released;
 * `remaining` is what the order costs without them.
 */
type Closing =
  | { readonly reason: 'complete' }
  | { readonly reason: 'cancelled'; readonly skus: readonly string[]; readonly remaining: Money };

export interface FulfilmentState {
  readonly orderId: string;
  readonly paymentId: string;
  readonly shipments: Readonly<Record<string, ShipmentProgress>>;
  /** Keys of commits that are not answered yet. */
  readonly committing: readonly string[];
  readonly closing: Closing | null;
  /** Keys of releases that are not answered yet. */
  readonly releasing: readonly string[];
  /** `refused`: for now or, when no try is left, for good. */
  readonly money: 'held' | 'asked' | 'settled' | 'refused';
  /** How often the provider refused the capture. */
  readonly refusals: number;
  /** Whether the order is flagged, as the provider refused for good; `withdrawn`: the money has been settled since. */
  readonly flag: 'none' | 'raised' | 'withdrawn';
  /** Whether the order was told that its open lines are cancelled. */
  readonly cancelling: 'no' | 'sent' | 'answered';
  readonly completing: boolean;
  /** Gift cards that were bought; absent where there are none. */
  readonly cards?: BoughtCards;
  /** A person has given the money up that the provider refused: it is let go instead of taken. */
  readonly writtenOff?: true;
}

interface BoughtCards {
  readonly skus: readonly string[];
  readonly phase: 'unpaid' | 'issuing' | 'issued';
}

const newFulfilment = (): FulfilmentState => ({
  orderId: '',
  paymentId: '',
  shipments: {},
  committing: [],
  closing: null,
  releasing: [],
  money: 'held',
  refusals: 0,
  flag: 'none',
  cancelling: 'no',
  completing: false,
});

type Step = SagaStep<FulfilmentState>;
type Followed =
  | OrderConfirmed
  | OrderShipmentCreated
  | OrderShipmentDelivered
  | OrderCancellationRequested
  | OrderPaymentRetryRequested
  | RepairRequested;

/** The pauses before a refused capture is tried again; after the last one the order is flagged for a person. */
const CAPTURE_AGAIN_MS = [5_000, 30_000, 120_000];
const CAPTURE_AGAIN = 'capture-again';

type OfOrder = { readonly orderId: string };

/** Sets the order's id with the first event of an instance. */
const onOrder =
  <Data extends OfOrder>(react: (state: FulfilmentState, data: Data) => Step) =>
  (before: FulfilmentState, { data }: SagaEvent<Data>): Step => {
    const { orderId } = data;
    return react(before.orderId === '' ? { ...before, orderId, paymentId: paymentIdOf(orderId) } : before, data);
  };

/** Waits for the money for gift cards; where there is nothing to ship it is taken at once. */
function onConfirmed(state: FulfilmentState, { lines }: OrderConfirmed['data']): Step {
  if (state.cards !== undefined) return { state };
  const skus = lines.filter(isGiftCard).map(({ sku }) => sku);
  const closing = isOfCardsAlone(lines) ? ({ reason: 'complete' } as const) : state.closing;
  return steps.advance({ ...state, cards: { skus, phase: 'unpaid' }, closing });
}

const isOfCardsAlone = (lines: OrderConfirmed['data']['lines']): boolean => lines.every(isGiftCard);

function onShipment(state: FulfilmentState, shipment: steps.Shipment): Step {
  const { shipmentId, complete } = shipment;
  if (Object.hasOwn(state.shipments, shipmentId)) return { state };
  const commits = steps.commit(shipment);
  const committing = [...state.committing, ...commits.map(({ key }) => key)];
  const shipped = withShipment(state, shipmentId, { phase: 'booking' });
  const closing = complete ? ({ reason: 'complete' } as const) : state.closing;
  return steps.advance({ ...shipped, committing, closing }, [steps.book(shipment), ...commits]);
}

function onDelivery(state: FulfilmentState, { shipmentId, deliveredAt }: OrderShipmentDelivered['data']): Step {
  const phase = state.shipments[shipmentId]?.phase;
  if (phase === 'booking') return { state: withShipment(state, shipmentId, { phase, deliveredAt }) };
  return phase === 'booked' ? deliver(state, shipmentId, deliveredAt) : { state };
}

const deliver = (state: FulfilmentState, shipmentId: string, deliveredAt: string): Step => ({
  state: withShipment(state, shipmentId, { phase: 'delivering' }),
  commands: [steps.recordDelivery(shipmentId, deliveredAt)],
});

function onCancellation(state: FulfilmentState, { lines, remaining }: OrderCancellationRequested['data']): Step {
  if (state.closing !== null) return { state };
  const stocked = lines.filter(({ sku }) => state.cards?.skus.includes(sku) !== true);
  const skus = [...new Set(stocked.map(({ sku }) => sku))];
  return steps.advance({ ...state, closing: { reason: 'cancelled', skus, remaining } });
}

const withShipment = (state: FulfilmentState, id: string, progress: ShipmentProgress): FulfilmentState => ({
  ...state,
  shipments: { ...state.shipments, [id]: progress },
});

function onReply(state: FulfilmentState, { key, reply }: SagaReply, now: string): Step {
  switch (key) {
    case steps.MONEY:
      return onMoneyReply(state, reply, now);
    case steps.WITHDRAW_FLAG:
      return onFlagWithdrawn(state);
    case steps.CANCEL:
      return onCancelled(state);
    case steps.ISSUE_CARDS:
      return onIssued(state);
    case steps.COMPLETE:
      return state.completing ? { state, done: true } : { state };
    default:
      return onPartReply(state, key);
  }
}

function onMoneyReply(state: FulfilmentState, reply: CommandReply, now: string): Step {
  if (state.money !== 'asked') return { state };
  if (reply.outcome !== 'refused') return onSettled({ ...state, money: 'settled' });
  const pause = isFinal(reply.refusal) ? undefined : CAPTURE_AGAIN_MS[state.refusals];
  const refused: FulfilmentState = { ...state, money: 'refused', refusals: state.refusals + 1 };
  if (pause === undefined) return steps.advance({ ...refused, flag: 'raised' }, [steps.flag(refused, reply.refusal)]);
  const step = steps.advance(refused);
  const due = new Date(Date.parse(now) + pause).toISOString();
  return { ...step, timers: [{ key: CAPTURE_AGAIN, due }] };
}

/** The provider says not to ask again by itself. */
const isFinal = ({ extra }: Refusal): boolean => extra?.['final'] === true;

function onSettled(state: FulfilmentState): Step {
  if (state.flag === 'raised') return steps.advance({ ...state, flag: 'withdrawn' }, [steps.withdrawFlag(state)]);
  return steps.isWhollyCancelled(state) ? { state, done: true } : steps.advance(state);
}

function onFlagWithdrawn(state: FulfilmentState): Step {
  return state.flag === 'withdrawn' ? onSettled({ ...state, flag: 'none' }) : { state };
}

/** Captures once more, for a person who has it tried again; the flag stays raised until that succeeds. */
function onRetry(state: FulfilmentState): Step {
  if (state.money !== 'refused' || state.flag !== 'raised') return { state };
  return { state: { ...state, money: 'asked' }, commands: [steps.settleMoney(state)] };
}

/** Tries what was refused at once, whether it waits for another time or for a person. */
function retryMoney(state: FulfilmentState): Step {
  if (state.money !== 'refused') return { state };
  return {
    state: { ...state, money: 'asked' },
    commands: [steps.settleMoney(state)],
    timers: [{ key: CAPTURE_AGAIN, due: null }],
  };
}

/** What the process can be brought to its failing end by: letting go of money that is refused, or cancelling what is open. */
function compensate(state: FulfilmentState): Step {
  if (state.money === 'refused') return retryMoney({ ...state, writtenOff: true });
  return state.closing === null ? { state: { ...state }, commands: [steps.requestCancellation(state)] } : { state };
}

/** Gift cards alone are never shipped: of an order of them there is nothing to bring to an end without the money. */
const canCompensate = ({ money, closing, shipments, cards, writtenOff }: FulfilmentState): boolean =>
  money === 'refused'
    ? writtenOff !== true && (cards === undefined || Object.keys(shipments).length > 0)
    : closing === null;

function onIssued(state: FulfilmentState): Step {
  const { cards } = state;
  return cards?.phase === 'issuing' ? steps.advance({ ...state, cards: { ...cards, phase: 'issued' } }) : { state };
}

function onCancelled(state: FulfilmentState): Step {
  if (state.cancelling !== 'sent') return { state };
  const answered: FulfilmentState = { ...state, cancelling: 'answered' };
  if (steps.isWhollyCancelled(answered) && steps.isPaid(answered)) return { state: answered, done: true };
  return steps.advance(answered);
}

/** Takes the reply of a booking, commit, release or delivery; a refusal counts as one, and the stream that refused has the reason. */
function onPartReply(state: FulfilmentState, key: string): Step {
  const [part = '', id = ''] = splitKey(key);
  if (part === 'book') return onBooked(state, id);
  if (part === 'deliver') return onDelivered(state, id);
  if (part === 'commit' && state.committing.includes(key)) {
    return steps.advance({ ...state, committing: state.committing.filter((other) => other !== key) });
  }
  if (part === 'release' && state.releasing.includes(key)) {
    return steps.advance({ ...state, releasing: state.releasing.filter((other) => other !== key) });
  }
  return { state };
}

function splitKey(key: string): readonly [string, string] {
  const colon = key.indexOf(':');
  return [key.slice(0, colon), key.slice(colon + 1)];
}

function onBooked(state: FulfilmentState, id: string): Step {
  const shipment = state.shipments[id];
  if (shipment?.phase !== 'booking') return { state };
  if (shipment.deliveredAt !== undefined) return deliver(state, id, shipment.deliveredAt);
  return { state: withShipment(state, id, { phase: 'booked' }) };
}

function onDelivered(state: FulfilmentState, id: string): Step {
  if (state.shipments[id]?.phase !== 'delivering') return { state };
  return steps.advance(withShipment(state, id, { phase: 'delivered' }));
}

function onTimeout(state: FulfilmentState): Step {
  if (state.money !== 'refused') return { state };
  const commands: SagaCommand[] = [steps.settleMoney(state)];
  return { state: { ...state, money: 'asked' }, commands };
}

const order = ({ orderId }: OfOrder): string => orderId;
const always = (): boolean => true;

/**
 * Brings an order from its first parcel (of gift cards from its confirmation), or from the cancellation of what has not shipped, to its completion or cancellation. An order
 * has one process, because only the one that commits units of a hold knows when the rest of it may be released. Id: the order's.
 */
export const fulfilmentSaga = anySaga<FulfilmentState, Followed>({
  name: 'fulfilment',
  initialState: newFulfilment,
  on: {
    'order.confirmed.v1': {
      id: ({ orderId, lines }) => (lines.some(isGiftCard) ? orderId : null),
      begins: always,
      react: onOrder(onConfirmed),
    },
    'order.shipment-created.v1': { id: order, begins: always, react: onOrder(onShipment) },
    'order.shipment-delivered.v1': { id: order, react: onOrder(onDelivery) },
    'order.cancellation-requested.v1': {
      // Before the confirmation the checkout cancels.
      id: ({ orderId, confirmed }) => (confirmed ? orderId : null),
      begins: always,
      react: onOrder(onCancellation),
    },
    'order.payment-retry-requested.v1': { id: order, react: onOrder(onRetry) },
    ...repairsOf<FulfilmentState>('fulfilment', { retry: retryMoney, compensate }),
  },
  onReply,
  onTimeout,
  needsPerson: ({ money, flag }) => money === 'refused' && flag === 'raised',
  repairs: { retry: ({ money }) => money === 'refused', compensate: canCompensate },
});
