import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { problem } from '../../infra/http/index.js';
import { READ_STORE } from '../../infra/read-store/index.js';
import type { ReadStore } from '../../infra/read-store/index.js';
import type { CartDocument } from '../../projections/cart/index.js';
import { ParkedDocuments } from '../shared/index.js';

export class GetCart extends Query<CartDocument> {
  constructor(readonly cartId: string) {
    super();
  }
}

@QueryHandler(GetCart)
export class GetCartHandler implements IQueryHandler<GetCart> {
  constructor(
    @Inject(READ_STORE) private readonly store: ReadStore,
    private readonly parked: ParkedDocuments,
  ) {}

  /** @throws ProblemError CART.NOT_FOUND, READ_MODEL.PARKED */
  async execute({ cartId }: GetCart): Promise<CartDocument> {
    await this.parked.refuse('carts', cartId);
    const found = await this.store.get<CartDocument>('carts', cartId);
    if (found === undefined) throw problem('CART.NOT_FOUND', 'There is no such cart.');
    return found.doc;
  }
}
