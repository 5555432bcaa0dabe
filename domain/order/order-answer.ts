import type { PricingBasis } from '../pricing/index.js';
import { lineItem } from '../shared/index.js';
import type { AppliedTax, LineItem, LinePart, Money, PricedShipping, TaxDestination, Totals } from '../shared/index.js';
import { currentTotal, lineProgress } from './progress.js';
import type { LineProgress } from './progress.js';
import { isConfirmed } from './state.js';
import type { OrderShipment, OrderState, OrderStatus, Rejection } from './state.js';

/** A line as carts show it, and how far it has come. */
export type OrderLineView = LineItem & LineProgress;

/** A shipment of an order as the API answers it. */
export interface ShipmentView {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly createdAt: string;
  readonly lines: readonly LinePart[];
  readonly status: 'created' | 'delivered';
  readonly deliveredAt?: string;
  readonly carrier?: string;
  readonly trackingNumber?: string;
}

/** An order as writes answer it; who answers adds its version. */
export interface OrderAnswer {
  readonly orderId: string;
  readonly orderNumber: string;
  readonly reference?: string;
  readonly status: OrderStatus;
  readonly lines: readonly OrderLineView[];
  readonly totals: Totals;
  /** The total without what was cancelled. */
  readonly currentTotal: Money;
  readonly taxes: readonly AppliedTax[];
  readonly shippingMethod: string;
  readonly shippingCost: PricedShipping;
  readonly pricing: PricingBasis;
  readonly destination: TaxDestination;
  /** Oldest first. */
  readonly shipments: readonly ShipmentView[];
  readonly rejection?: Rejection;
}

/** Lines and totals are those of the order as it was placed. Null where no order was opened. */
export function orderAnswer(state: OrderState): OrderAnswer | null {
  if (state.status === 'none') return null;
  const { orderId, orderNumber, reference, lines, totals, taxes, shipping, pricing, destination } = state.order;
  const progressOf = lineProgress(state);
  const shipments = isConfirmed(state) ? [...state.shipments.values()] : [];
  return {
    orderId,
    orderNumber,
    ...(reference === undefined ? {} : { reference }),
    status: state.status,
    lines: lines.map((line) => ({ ...lineItem(line), ...progressOf(line) })),
    totals,
    currentTotal: currentTotal(state),
    taxes,
    shippingMethod: shipping.method,
    shippingCost: shipping,
    pricing,
    destination,
    shipments: shipments.map((shipment) => viewOf(orderId, shipment)),
    ...(state.status === 'rejected' ? { rejection: state.rejection } : {}),
  };
}

/** One of the order's shipments; null when it has no such one. */
export function shipmentView(state: OrderState, shipmentId: string): ShipmentView | null {
  const shipment = isConfirmed(state) ? state.shipments.get(shipmentId) : undefined;
  return isConfirmed(state) && shipment !== undefined ? viewOf(state.order.orderId, shipment) : null;
}

const viewOf = (orderId: string, shipment: OrderShipment): ShipmentView => ({ orderId, ...shipment });
