import type { CartCommand } from '../domain/cart/index.js';
import type { InventoryCommand } from '../domain/inventory/index.js';
import type { OrderCommand } from '../domain/order/index.js';
import type { PaymentCommand } from '../domain/payment/index.js';
import type { ShippingCommand } from '../domain/shipping/index.js';
import type { CarrierCommand, OrderOpeningCommand, PaymentGatewayCommand } from './effects/commands.js';

/** Who takes a saga's command: an aggregate by its category, or an effect on the world outside. */
export interface Targets {
  readonly cart: CartCommand;
  readonly order: OrderCommand;
  readonly inventory: InventoryCommand;
  readonly payment: PaymentCommand;
  readonly shipment: ShippingCommand;
  readonly 'order-opening': OrderOpeningCommand;
  readonly 'payment-gateway': PaymentGatewayCommand;
  readonly carrier: CarrierCommand;
}

export type Target = keyof Targets;

/** A command with its target; `id` is that of the aggregate instance, without the category. */
export type TargetedCommand = {
  [Name in Target]: { readonly target: Name; readonly id: string; readonly command: Targets[Name] };
}[Target];
