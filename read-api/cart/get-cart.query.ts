import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { SEALED_EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { cartLiveModel } from '../../projections/cart/index.js';
import type { Cart } from '../../domain/cart/index.js';
import { readLive } from '../shared/index.js';
import type { AsOf } from '../shared/index.js';

export class GetCart extends Query<Cart> {
  constructor(
    readonly cartId: string,
    readonly asOf?: AsOf,
  ) {
    super();
  }
}

@QueryHandler(GetCart)
export class GetCartHandler implements IQueryHandler<GetCart> {
  // A cart shows nothing personal: what its checkout has of it stays sealed.
  constructor(@Inject(SEALED_EVENT_STORE) private readonly log: EventStore) {}

  /** @throws ProblemError CART.NOT_FOUND, before it was opened saying so, READ_MODEL.PARKED */
  execute({ cartId, asOf }: GetCart): Promise<Cart> {
    const nothing = { code: 'CART.NOT_FOUND', what: 'cart' } as const;
    return readLive(this.log, cartLiveModel, { id: cartId, asOf, nothing });
  }
}
