import { cartAggregate } from '../domain/cart/index.js';
import { giftCardAggregate } from '../domain/gift-card/index.js';
import { couponAggregate } from '../domain/coupon/index.js';
import { customerAggregate } from '../domain/customer/index.js';
import { variantAggregate } from '../domain/catalog/index.js';
import { orderAggregate } from '../domain/order/index.js';
import { priceListAggregate } from '../domain/price-list/index.js';
import { paymentAggregate } from '../domain/payment/index.js';
import { promotionAggregate } from '../domain/promotion/index.js';
import { shipmentAggregate } from '../domain/shipping/index.js';
import type { Carrier } from '../infra/carrier/index.js';
import type { EventStore } from '../infra/event-store/index.js';
import { eachProvider, type PaymentProviders } from '../infra/payment-provider/index.js';
import type { CommandContext, CommandExecutor } from '../infra/engine/commands/index.js';
import {
  aggregateTarget,
  CheckoutReader,
  orderOpening,
  stockReservation,
  type Effect,
} from './effects/aggregate-targets.js';
import { cardIssuing } from './effects/card-issuing.js';
import { consignmentBooking } from './effects/consignment-booking.js';
import { orderMoney } from './effects/order-money.js';
import { priceListFollowing } from './effects/price-list-following.js';
import { approvingZeroAmounts, paymentGateway } from './effects/payment-gateway.js';
import { promotionWindow } from './effects/promotion-window.js';
import type { Dispatch, Target, Targeted, Targets } from './saga.js';

export interface DispatcherOptions {
  readonly executor: CommandExecutor;
  /** The same store that the executor writes to; what is personal has to come opened. */
  readonly eventStore: EventStore;
  readonly providers: PaymentProviders;
  readonly carrier: Carrier;
  /** The codes of gift cards follow from it. */
  readonly serverSecret: Buffer;
  /** Milliseconds since the epoch; the machine's clock where it is left out. */
  readonly now?: () => number;
}

type TargetTable = { readonly [Name in Target]: Effect<Targets[Name]> };

/** Brings a saga's command to its target. A new target is a line in `Targets` and one in the table. */
export function createDispatcher({
  executor,
  eventStore,
  providers,
  carrier,
  serverSecret,
  now = Date.now,
}: DispatcherOptions): Dispatch {
  const checkouts = new CheckoutReader(eventStore);
  const asked = eachProvider(providers, approvingZeroAmounts);
  const table: TargetTable = {
    cart: aggregateTarget(executor, cartAggregate),
    order: aggregateTarget(executor, orderAggregate),
    inventory: stockReservation(executor),
    giftcard: aggregateTarget(executor, giftCardAggregate),
    'card-issuing': cardIssuing({ executor, serverSecret, now }),
    coupon: aggregateTarget(executor, couponAggregate),
    customer: aggregateTarget(executor, customerAggregate),
    payment: aggregateTarget(executor, paymentAggregate),
    shipment: aggregateTarget(executor, shipmentAggregate),
    variant: aggregateTarget(executor, variantAggregate),
    'price-list': aggregateTarget(executor, priceListAggregate),
    'price-list-following': priceListFollowing(executor),
    'order-opening': orderOpening(executor, checkouts),
    'payment-gateway': orderMoney(executor, paymentGateway({ executor, eventStore, providers: asked, checkouts, now })),
    carrier: consignmentBooking(executor, carrier),
    promotion: aggregateTarget(executor, promotionAggregate),
    'promotion-window': promotionWindow(executor),
  };
  return (command, context) => carryOut(table, command, context);
}

const carryOut = <Name extends Target>(
  table: TargetTable,
  { target, id, command }: Targeted<Name>,
  context: CommandContext,
): ReturnType<Dispatch> => table[target](id, command, context);
