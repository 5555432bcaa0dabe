import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { streamOf } from '../../domain/shared/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { cartsReadModel, shownCart } from '../../projections/cart/index.js';
import type { CartDocument, StoredCart } from '../../projections/cart/index.js';
import { foldPast, nothingThen, readAsOf } from '../shared/index.js';
import type { AsOf } from '../shared/index.js';

export class GetCartAsOf extends Query<CartDocument> {
  constructor(
    readonly cartId: string,
    readonly asOf: AsOf,
  ) {
    super();
  }
}

@QueryHandler(GetCartAsOf)
export class GetCartAsOfHandler implements IQueryHandler<GetCartAsOf> {
  constructor(@Inject(EVENT_STORE) private readonly log: EventStore) {}

  /** @throws ProblemError CART.NOT_FOUND, before it was opened saying so */
  async execute({ cartId, asOf }: GetCartAsOf): Promise<CartDocument> {
    const stream = streamOf('cart', cartId);
    const events = readAsOf(this.log, stream, asOf);
    const cart = await foldPast<StoredCart>(cartsReadModel, cartId, events);
    if (cart === null) throw await nothingThen(this.log, stream, { code: 'CART.NOT_FOUND', what: 'cart' });
    return shownCart(cart);
  }
}
