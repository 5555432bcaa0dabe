import type { AttentionCode, OrderShipmentCreated } from '../../domain/order/index.js';
import type { Refusal } from '../../domain/shared/index.js';
import type { SagaCommand, SagaStep } from '../saga.js';
import type { FulfilmentState } from './fulfilment.js';

export type Shipment = OrderShipmentCreated['data'];

export const MONEY = 'money';
export const CANCEL = 'cancel-order';
export const ISSUE_CARDS = 'issue-cards';
export const COMPLETE = 'complete-order';
export const FLAG = 'flag';
export const WITHDRAW_FLAG = 'withdraw-flag';

/** Books a parcel at the carrier. What has shipped is not undone but refunded. */
export const book = ({ orderId, shipmentId, lines, carrier, trackingNumber }: Shipment): SagaCommand => ({
  key: `book:${shipmentId}`,
  target: 'carrier',
  id: shipmentId,
  command: {
    type: 'book',
    orderId,
    lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
    ...(carrier === undefined ? {} : { carrier }),
    ...(trackingNumber === undefined ? {} : { trackingNumber }),
  },
});

export const commit = ({ orderId, shipmentId, lines }: Shipment): SagaCommand[] =>
  lines.map(({ sku, quantity }) => ({
    key: `commit:${shipmentId}:${sku}`,
    target: 'inventory',
    id: sku,
    command: { type: 'commit-stock', sku, orderId, shipmentId, quantity },
  }));

export const recordDelivery = (shipmentId: string, deliveredAt: string): SagaCommand => ({
  key: `deliver:${shipmentId}`,
  target: 'shipment',
  id: shipmentId,
  command: { type: 'record-delivery', deliveredAt },
});

/** Releases the holds of cancelled lines. */
export const release = ({ orderId }: FulfilmentState, skus: readonly string[]): SagaCommand[] =>
  skus.map((sku) => ({
    key: `release:${sku}`,
    target: 'inventory',
    id: sku,
    command: { type: 'release-stock', sku, orderId, reason: 'ORDER.CANCELLED' },
  }));

/**
 * Captures the money for what shipped, or voids it where nothing did. A final capture of less releases the rest, so it compensates
 * an authorisation that was partly used.
 */
export function settleMoney({ orderId, paymentId, closing, writtenOff }: FulfilmentState): SagaCommand {
  const address = { key: MONEY, target: 'payment-gateway', id: paymentId } as const;
  if (writtenOff) return { ...address, command: { type: 'void', orderId, reason: 'PAYMENT.CAPTURE_FAILED' } };
  if (closing?.reason !== 'cancelled') return { ...address, command: { type: 'capture', orderId } };
  const { remaining } = closing;
  return remaining.amount === 0
    ? { ...address, command: { type: 'void', orderId, reason: 'ORDER.CANCELLED' } }
    : { ...address, command: { type: 'capture', orderId, amount: remaining } };
}

/** Has the order decide on the cancellation of what is open: its event then closes the process. */
export const requestCancellation = ({ orderId }: FulfilmentState): SagaCommand => ({
  key: 'request-cancellation',
  target: 'order',
  id: orderId,
  command: { type: 'request-cancellation', reason: 'Staff brought the fulfilment to an end.' },
});

export const cancelOrder = ({ orderId }: FulfilmentState): SagaCommand => ({
  key: CANCEL,
  target: 'order',
  id: orderId,
  command: { type: 'cancel-order' },
});

/** Issues the gift cards that were bought. What is taken off them by a refund is the refund's. */
const issueCards = ({ orderId }: FulfilmentState): SagaCommand => ({
  key: ISSUE_CARDS,
  target: 'card-issuing',
  id: orderId,
  command: { type: 'issue-cards' },
});

export const completeOrder = ({ orderId }: FulfilmentState): SagaCommand => ({
  key: COMPLETE,
  target: 'order',
  id: orderId,
  command: { type: 'complete-order' },
});

/** The flag says that what shipped is not paid, or that money is held for a cancelled order. */
const flagOf = ({ closing }: FulfilmentState): AttentionCode =>
  closing?.reason === 'cancelled' && closing.remaining.amount === 0 ? 'PAYMENT.VOID_FAILED' : 'PAYMENT.CAPTURE_FAILED';

const times = (count: number): string => (count === 1 ? 'for good' : `${count} times`);

/** Flags the order for a person … */
export const flag = (state: FulfilmentState, { code }: Refusal): SagaCommand => ({
  key: FLAG,
  unawaited: true,
  target: 'order',
  id: state.orderId,
  command: {
    type: 'need-attention',
    code: flagOf(state),
    detail: `The payment provider refused ${times(state.refusals)} (${code}); have it tried again, or settle it otherwise.`,
  },
});

/** … and withdraws the flag. */
export const withdrawFlag = (state: FulfilmentState): SagaCommand => ({
  key: WITHDRAW_FLAG,
  target: 'order',
  id: state.orderId,
  command: { type: 'resolve-attention', code: flagOf(state) },
});

/**
 * Sends the commands whose turn has come. Holds are released and money is settled only when every commit of an earlier parcel is
 * answered: a release gives back all that a hold still has, so the stream of the stock must have the commits first.
 */
export function advance(before: FulfilmentState, alreadySent: readonly SagaCommand[] = []): SagaStep<FulfilmentState> {
  let state = before;
  const commands: SagaCommand[] = [...alreadySent];
  if (state.closing !== null && state.committing.length === 0 && state.money === 'held') {
    const releases = state.closing.reason === 'cancelled' ? release(state, state.closing.skus) : [];
    commands.push(...releases, settleMoney(state));
    state = { ...state, money: 'asked', releasing: releases.map(({ key }) => key) };
  }
  if (canIssue(state)) {
    commands.push(issueCards(state));
    state = { ...state, cards: { ...state.cards, phase: 'issuing' } };
  }
  if (canCancel(state)) {
    commands.push(cancelOrder(state));
    state = { ...state, cancelling: 'sent' };
  }
  if (canComplete(state)) {
    commands.push(completeOrder(state));
    state = { ...state, completing: true };
  }
  return commands.length === 0 ? { state } : { state, commands };
}

/** Cancels the open lines once their holds are released, also where the money for the others could not be captured yet. */
const canCancel = ({ closing, cancelling, releasing, money }: FulfilmentState): boolean =>
  closing?.reason === 'cancelled' &&
  cancelling === 'no' &&
  releasing.length === 0 &&
  (money === 'settled' || money === 'refused');

/** Gift cards are issued once all that was ordered is paid; what is cancelled is not issued. */
const canIssue = (state: FulfilmentState): state is FulfilmentState & Required<Pick<FulfilmentState, 'cards'>> =>
  state.cards?.phase === 'unpaid' &&
  state.closing?.reason === 'complete' &&
  state.money === 'settled' &&
  state.writtenOff !== true;

const isIssued = ({ cards, writtenOff }: FulfilmentState): boolean =>
  cards === undefined || cards.phase === 'issued' || writtenOff === true;

function canComplete(state: FulfilmentState): boolean {
  const { closing, cancelling, completing, shipments } = state;
  if (closing === null || completing || !isPaid(state)) return false;
  if (closing.reason === 'cancelled' ? cancelling !== 'answered' : !isIssued(state)) return false;
  for (const id in shipments) if (shipments[id]?.phase !== 'delivered') return false;
  return true;
}

/** Whether the money is settled and no flag says otherwise. */
export const isPaid = ({ money, flag }: FulfilmentState): boolean => money === 'settled' && flag === 'none';

/** Whether nothing has shipped and nothing will. */
export const isWhollyCancelled = ({ cancelling, shipments }: FulfilmentState): boolean =>
  cancelling === 'answered' && Object.keys(shipments).length === 0;
