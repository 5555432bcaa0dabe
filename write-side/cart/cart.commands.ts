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

export class CheckOutCart extends RequestCommand<{
  readonly cartId: string;
  readonly body: CheckoutBody;
  /** Who asks, where it is a customer. */
  readonly customerId: string | undefined;
  /** Keyed hash of who asks, where what a client may hold is limited. */
  readonly client: string | undefined;
  /** How long the client is willing to wait for the order to settle, seconds. */
  readonly wait: number;
}> {}
