import { accept } from '../shared/index.js';
import type { Decision, LinePart, Refused, SkuQuantity } from '../shared/index.js';
import * as refusal from './refusals.js';
import type { CreateShipment, DeliverShipment, RecordIssuedCards } from './commands.js';
import type { OrderEvent } from './events.js';
import { lineOf, nextPart, openParts, summed } from './lines.js';
import { isConfirmed, isOfGiftCardsAlone, mayBecome } from './state.js';
import type { ConfirmedOrder, Order } from './state.js';

type Decided = Decision<OrderEvent>;

export function createShipment(command: CreateShipment, state: Order): Decided {
  if (!isConfirmed(state) || !mayBecome(state, 'shipped') || state.cancellationRequested) {
    return refusal.notShippable(state.status, isConfirmed(state) && state.cancellationRequested);
  }
  const parcel: Parcel =
    command.lines === undefined ? { accepted: true, lines: openParts(state) } : parcelOf(command.lines, state);
  if (!parcel.accepted) return parcel;
  const { lines } = parcel;
  if (lines.length === 0) return refusal.shipmentEmpty();
  const { orderId } = state.order;
  const data = {
    orderId,
    shipmentId: shipmentIdOf(orderId, state.shipments.size + 1),
    createdAt: command.createdAt,
    lines,
    ...(command.carrier === undefined ? {} : { carrier: command.carrier }),
    ...(command.trackingNumber === undefined ? {} : { trackingNumber: command.trackingNumber }),
    complete: unitsIn(lines.map(({ quantity }) => quantity)) === unitsIn(state.open.values()),
  };
  return accept({ type: 'order.shipment-created.v1', data });
}

type Parcel = { readonly accepted: true; readonly lines: readonly LinePart[] } | Refused;

function parcelOf(given: readonly SkuQuantity[], state: ConfirmedOrder): Parcel {
  const countable = given.every(({ quantity }) => Number.isSafeInteger(quantity) && quantity > 0);
  if (given.length === 0 || !countable) return refusal.shipmentEmpty();
  const lines: LinePart[] = [];
  for (const { sku, quantity } of summed(given)) {
    const line = lineOf(state.order, sku);
    if (line === undefined) return refusal.lineNotFound(sku);
    const left = state.open.get(line.lineId) ?? 0;
    if (quantity > left) return refusal.shipmentExceedsOpen(sku, left, quantity);
    lines.push(nextPart(state, line, quantity));
  }
  return { accepted: true, lines };
}

function unitsIn(quantities: Iterable<number>): number {
  let units = 0;
  for (const quantity of quantities) units += quantity;
  return units;
}

/** Clocks of the shop and of carriers differ by so much, and carriers round to the minute. */
const LEEWAY_MS = 5 * 60_000;

const isLater = (time: string, than: string): boolean => Date.parse(time) > Date.parse(than) + LEEWAY_MS;

export function deliverShipment({ shipmentId, deliveredAt, now }: DeliverShipment, state: Order): Decided {
  const shipment = isConfirmed(state) ? state.shipments.get(shipmentId) : undefined;
  if (!isConfirmed(state) || shipment === undefined) return refusal.shipmentNotFound();
  if (shipment.status === 'delivered') return accept();
  const { createdAt } = shipment;
  if (isLater(deliveredAt, now)) return refusal.deliveryInFuture(deliveredAt, now);
  if (isLater(createdAt, deliveredAt)) return refusal.deliveryBeforeShipment(deliveredAt, createdAt);
  const { orderId } = state.order;
  const complete = state.open.size === 0 && undelivered(state) === 1;
  return accept({ type: 'order.shipment-delivered.v1', data: { orderId, shipmentId, deliveredAt, complete } });
}

function undelivered({ shipments }: ConfirmedOrder): number {
  let count = 0;
  for (const shipment of shipments.values()) if (shipment.status !== 'delivered') count += 1;
  return count;
}

export function completeOrder(state: Order): Decided {
  if (state.status === 'completed') return accept();
  if (!mayBecome(state, 'completed')) return refusal.notDelivered(state.status);
  if (isConfirmed(state) && state.status === 'confirmed' && !isIssued(state)) return refusal.notDelivered(state.status);
  return accept({ type: 'order.completed.v1', data: { orderId: state.order.orderId } });
}

const isIssued = ({ order, giftCards }: ConfirmedOrder): boolean => isOfGiftCardsAlone(order) && giftCards !== null;

/** Records that the gift cards are there which were bought; nothing that is cancelled is issued. */
export function recordIssuedCards({ cards }: RecordIssuedCards, state: Order): Decided {
  if (!isConfirmed(state)) return refusal.neverConfirmed(state.status);
  if (state.giftCards !== null) return accept();
  if (state.cancellationRequested) return refusal.cancellationRequested();
  return accept({ type: 'order.gift-cards-issued.v1', data: { orderId: state.order.orderId, cards } });
}

const PATTERN = /^([^.]+)\.[1-9]\d*$/;

/** The nth shipment of an order, n from 1; order ids contain no dot. */
export const shipmentIdOf = (orderId: string, n: number): string => `${orderId}.${n}`;

/** The order that a shipment belongs to; null when the text is no shipment id. */
export const orderIdOfShipment = (shipmentId: string): string | null => PATTERN.exec(shipmentId)?.[1] ?? null;
