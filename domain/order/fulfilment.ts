import { accept } from '../shared/index.js';
import type { Decision, Refused, SkuQuantity } from '../shared/index.js';
import type { CreateShipment, DeliverShipment } from './commands.js';
import type { OrderEvent } from './events.js';
import { openLines, summed } from './lines.js';
import { mayBecome } from './order-states.js';
import * as refusal from './refusals.js';
import { shipmentIdOf } from './shipment-id.js';
import { isConfirmed } from './state.js';
import type { ConfirmedOrder, Order } from './state.js';

type Decided = Decision<OrderEvent>;

export function createShipment(command: CreateShipment, state: Order): Decided {
  if (!isConfirmed(state) || !mayBecome(state, 'shipped') || state.cancellationRequested) {
    return refusal.notShippable(state.status, isConfirmed(state) && state.cancellationRequested);
  }
  const lines = command.lines === undefined ? openLines(state) : summed(command.lines);
  const problem = command.lines === undefined ? null : problemWith(command.lines, lines, state);
  if (problem !== null) return problem;
  const { orderId } = state.order;
  const data = {
    orderId,
    shipmentId: shipmentIdOf(orderId, state.shipments.size + 1),
    createdAt: command.createdAt,
    lines,
    ...(command.carrier === undefined ? {} : { carrier: command.carrier }),
    ...(command.trackingNumber === undefined ? {} : { trackingNumber: command.trackingNumber }),
    complete: unitsIn(lines) === unitsIn(openLines(state)),
  };
  return accept({ type: 'order.shipment-created.v1', data });
}

function problemWith(
  given: readonly SkuQuantity[],
  lines: readonly SkuQuantity[],
  { order, open }: ConfirmedOrder,
): Refused | null {
  const countable = given.every(({ quantity }) => Number.isSafeInteger(quantity) && quantity > 0);
  if (given.length === 0 || !countable) return refusal.shipmentEmpty();
  for (const { sku, quantity } of lines) {
    if (!order.lines.some((line) => line.sku === sku)) return refusal.lineNotFound(sku);
    const left = open.get(sku) ?? 0;
    if (quantity > left) return refusal.shipmentExceedsOpen(sku, left, quantity);
  }
  return null;
}

const unitsIn = (lines: readonly SkuQuantity[]): number => {
  let units = 0;
  for (const { quantity } of lines) units += quantity;
  return units;
};

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
  return accept({ type: 'order.completed.v1', data: { orderId: state.order.orderId } });
}
