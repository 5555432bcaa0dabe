import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { problem } from '../../infra/http/index.js';
import { READ_MODEL_STORE } from '../../infra/read-model-store/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import { noStock } from '../../projections/inventory/index.js';
import type { StockDocument } from '../../projections/inventory/index.js';
import { mayExist, ParkedDocuments } from '../shared/index.js';
import type { Lateness } from '../shared/index.js';

export class GetStock extends Query<StockDocument> {
  constructor(
    readonly sku: string,
    readonly lateness: Lateness = 'no',
  ) {
    super();
  }
}

@QueryHandler(GetStock)
export class GetStockHandler implements IQueryHandler<GetStock> {
  constructor(
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    private readonly parked: ParkedDocuments,
  ) {}

  /** Zeros for a product for which nothing was received. @throws ProblemError PRODUCT.UNKNOWN_SKU, READ_MODEL.PARKED, READ_MODEL.BEHIND */
  async execute({ sku, lateness }: GetStock): Promise<StockDocument> {
    await this.parked.refuse('stock', sku);
    const found = await this.store.get<StockDocument>('stock', sku);
    if (found !== undefined) return found.doc;
    const product = await this.store.get('products', sku);
    if (lateness !== 'no') throw mayExist('stock');
    if (product === undefined) throw problem('PRODUCT.UNKNOWN_SKU', 'There is no product with this SKU.');
    return noStock(sku);
  }
}
