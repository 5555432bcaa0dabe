import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { Cart } from '../../domain/cart/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { cartLiveModel } from '../../projections/cart/index.js';
import { readLive } from '../shared/index.js';
import type { AsOf } from '../shared/index.js';
import { cartTermsOf, CartTermsReader } from './cart-terms.js';

/** A cart as it is answered. */
export interface CartRead {
  readonly cart: Cart;
  /** Nothing that it is priced by had changed since the cart itself did: its revision tells all that it shows. */
  readonly isToldByRevision: boolean;
}

export class GetCart extends Query<CartRead> {
  constructor(
    readonly cartId: string,
    readonly asOf?: AsOf,
  ) {
    super();
  }
}

@QueryHandler(GetCart)
export class GetCartHandler implements IQueryHandler<GetCart> {
  // Opened, as the codes of coupons are sealed; a cart shows nothing else that is.
  constructor(
    @Inject(EVENT_STORE) private readonly log: EventStore,
    private readonly terms: CartTermsReader,
  ) {}

  /** @throws ProblemError CART.NOT_FOUND, before it was opened saying so, READ_MODEL.PARKED */
  async execute({ cartId, asOf }: GetCart): Promise<CartRead> {
    const nothing = { code: 'CART.NOT_FOUND', what: 'cart' } as const;
    const shown = await readLive(this.log, cartLiveModel, { id: cartId, asOf, nothing });
    const then = await this.terms.ofCart(cartId, asOf, shown.customerId);
    const { since } = then;
    return {
      cart: shown.priced(cartTermsOf(then)),
      isToldByRevision: since === null || (shown.position !== null && since < shown.position),
    };
  }
}
