import type { OpenCart as OpenCartFields } from '../../domain/cart/index.js';
import { RequestCommand } from '../shared/write-scope.js';
import type { CheckoutBody } from './cart.bodies.js';

interface CartLine {
  readonly cartId: string;
  readonly sku: string;
}

export class OpenCart extends RequestCommand<Omit<OpenCartFields, 'type' | 'cartId'>> {}

export class AddCartItem extends RequestCommand<CartLine & { readonly quantity: number }> {}

export class ChangeCartItem extends RequestCommand<CartLine & { readonly quantity: number }> {}

export class RemoveCartItem extends RequestCommand<CartLine> {}

interface CartCode {
  readonly cartId: string;
  /** As it was typed. */
  readonly code: string;
}

export class AddCartCoupon extends RequestCommand<CartCode> {}

export class RemoveCartCoupon extends RequestCommand<CartCode> {}

export class CheckOutCart extends RequestCommand<{
  readonly cartId: string;
  readonly body: CheckoutBody;
  /** The customer who sends the request; undefined for guests. */
  readonly customerId: string | undefined;
  /** Keyed hash of the client, where its holds are limited. */
  readonly client: string | undefined;
  /** How many seconds the client waits for the order to settle. */
  readonly wait: number;
}> {}
