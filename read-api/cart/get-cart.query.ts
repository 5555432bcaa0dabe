import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { streamOf } from '../../domain/shared/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { problem } from '../../infra/http/index.js';
import { READ_STORE } from '../../infra/read-store/index.js';
import type { ReadStore } from '../../infra/read-store/index.js';
import { cartsReadModel, shownCart } from '../../projections/cart/index.js';
import type { CartDocument, StoredCart } from '../../projections/cart/index.js';
import { foldPast, mayExist, ParkedDocuments } from '../shared/index.js';
import type { Lateness } from '../shared/index.js';

export class GetCart extends Query<CartDocument> {
  constructor(
    readonly cartId: string,
    readonly lateness: Lateness = 'no',
  ) {
    super();
  }
}

@QueryHandler(GetCart)
export class GetCartHandler implements IQueryHandler<GetCart> {
  constructor(
    @Inject(READ_STORE) private readonly store: ReadStore,
    @Inject(EVENT_STORE) private readonly log: EventStore,
    private readonly parked: ParkedDocuments,
  ) {}

  /**
   * Where the read model is behind, what is shown is folded from the stream.
   * @throws ProblemError CART.NOT_FOUND, READ_MODEL.PARKED, READ_MODEL.BEHIND
   */
  async execute({ cartId, lateness }: GetCart): Promise<CartDocument> {
    await this.parked.refuse('carts', cartId);
    const found =
      lateness === 'behind'
        ? await foldPast<StoredCart>(cartsReadModel, cartId, this.log.read(streamOf('cart', cartId)))
        : (await this.store.get<StoredCart>('carts', cartId))?.doc;
    if (found === undefined && lateness === 'unknown') throw mayExist('carts');
    if (found === undefined || found === null) throw problem('CART.NOT_FOUND', 'There is no such cart.');
    return shownCart(found);
  }
}
