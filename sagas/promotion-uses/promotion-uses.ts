import type { OrderCancelled, OrderConfirmed, OrderShipmentCreated } from '../../domain/order/index.js';
import { anySaga } from '../../infra/engine/sagas/index.js';
import type { SagaEvent } from '../../infra/engine/sagas/index.js';
import { hasUse, useCommands } from '../effects/ledger-commands.js';
import { repairsOf, type RepairRequested } from '../repairs.js';
import type { SagaStep } from '../saga.js';

/** Keeps nothing but what is awaited: what the order has used is in its own events. */
interface PromotionUsesState {
  /** Keys of the commands whose replies are awaited. */
  readonly waiting: readonly string[];
  /** Nothing follows any more: the last reply ends the saga. */
  readonly isOver: boolean;
}

type Step = SagaStep<PromotionUsesState>;
type Followed = OrderConfirmed | OrderCancelled | OrderShipmentCreated | RepairRequested;

/** Follows from the event, which is its record: after a crash the event is handed over again. */
function commit(state: PromotionUsesState, { data, at }: SagaEvent<OrderConfirmed['data']>): Step {
  const { orderId, discounted = [], customer } = data;
  if (state.waiting.length > 0 || state.isOver || customer === undefined) return { state };
  const commands = useCommands('commit', discounted, { orderId, customer, expiresAt: at });
  return { state: { ...state, waiting: commands.map(({ key }) => key) }, commands, unrecorded: true };
}

/** Gives the uses of an order back that is cancelled as a whole, whether they were committed by then or not. */
function giveBack(state: PromotionUsesState, { data, at }: SagaEvent<OrderCancelled['data']>): Step {
  const { orderId, discounted = [], customer, wholly } = data;
  if (!wholly || customer === undefined || state.isOver) return { state };
  const commands = useCommands('return', discounted, { orderId, customer, expiresAt: at });
  const waiting = [...state.waiting, ...commands.map(({ key }) => key)];
  return { state: { waiting, isOver: true }, commands };
}

const shipped = (state: PromotionUsesState): Step =>
  state.isOver ? { state } : { state: { ...state, isOver: true }, done: state.waiting.length === 0 };

function onReply(state: PromotionUsesState, key: string): Step {
  if (!state.waiting.includes(key)) return { state };
  const next = { ...state, waiting: state.waiting.filter((other) => other !== key) };
  return next.isOver && next.waiting.length === 0 ? { state: next, done: true } : { state: next, unrecorded: true };
}

const order = ({ orderId }: { readonly orderId: string }): string => orderId;

/**
 * Has the uses of coupons and limited promotions committed once an order is confirmed, and given back where it is cancelled as a whole
 * before anything has shipped. Id: the order's.
 */
export const promotionUsesSaga = anySaga<PromotionUsesState, Followed>({
  name: 'promotion-uses',
  initialState: () => ({ waiting: [], isOver: false }),
  on: {
    'order.confirmed.v1': { id: order, begins: ({ discounted }) => discounted?.some(hasUse) === true, react: commit },
    'order.cancelled.v1': { id: order, react: giveBack },
    ...repairsOf<PromotionUsesState>('promotion-uses'),
    // What has shipped is not given back any more.
    'order.shipment-created.v1': { id: order, react: shipped },
  },
  onReply: (state, { key }) => onReply(state, key),
  onTimeout: (state) => ({ state }),
});
