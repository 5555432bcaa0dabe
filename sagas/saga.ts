import type { CartCommand } from '../domain/cart/index.js';
import type { GiftCardCommand } from '../domain/gift-card/index.js';
import type { CouponUseCommand } from '../domain/coupon/index.js';
import type { CustomerCommand } from '../domain/customer/index.js';
import type { PassWindow } from '../domain/catalog/index.js';
import type { PassListWindow } from '../domain/price-list/index.js';
import type { InventoryCommand } from '../domain/inventory/index.js';
import type { OrderCommand } from '../domain/order/index.js';
import type { PaymentCommand } from '../domain/payment/index.js';
import type { FollowWindow, PromotionCommand } from '../domain/promotion/index.js';
import type { ShippingCommand } from '../domain/shipping/index.js';
import type {
  CarrierCommand,
  IssueCards,
  OrderOpeningCommand,
  PaymentGatewayCommand,
  TellProducts,
} from './effects/commands.js';
import type * as engine from '../infra/engine/sagas/index.js';

/** The targets of commands: an aggregate by its category, or an effect on the world outside. */
export interface Targets {
  readonly cart: CartCommand;
  readonly order: OrderCommand;
  readonly inventory: InventoryCommand;
  readonly giftcard: GiftCardCommand;
  /** The id is the order's. */
  readonly 'card-issuing': IssueCards;
  /** The id is the coupon's bucket. */
  readonly coupon: CouponUseCommand;
  readonly customer: CustomerCommand;
  readonly payment: PaymentCommand;
  readonly shipment: ShippingCommand;
  readonly variant: PassWindow;
  readonly 'price-list': PassListWindow;
  readonly 'price-list-following': TellProducts;
  readonly 'order-opening': OrderOpeningCommand;
  readonly 'payment-gateway': PaymentGatewayCommand;
  readonly carrier: CarrierCommand;
  readonly promotion: PromotionCommand;
  readonly 'promotion-window': FollowWindow;
}

export type Target = keyof Targets;

/** A command with its target; `id` is that of the aggregate instance, without the category. */
export type Targeted<Name extends Target> = {
  [One in Name]: { readonly target: One; readonly id: string; readonly command: Targets[One] };
}[Name];
export type TargetedCommand = Targeted<Target>;

/** A command that a step of one of these sagas sends; what it may be follows from its target. */
export type SagaCommand = engine.SagaCommand<TargetedCommand>;

/** Carries out a command of one of these sagas. */
export type Dispatch = engine.Dispatch<TargetedCommand>;

/** A step of one of these sagas. */
export type SagaStep<State extends object> = engine.SagaStep<State, TargetedCommand>;
