import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { streamOf } from '../../domain/shared/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { invalid } from '../../infra/http/index.js';
import { noStock, stockReadModel } from '../../projections/inventory/index.js';
import type { StockDocument } from '../../projections/inventory/index.js';
import { foldPast, nothingThen, readAsOf } from '../shared/index.js';
import type { AsOf } from '../shared/index.js';

export class GetStockAsOf extends Query<StockDocument> {
  constructor(
    readonly sku: string,
    readonly asOf: AsOf,
  ) {
    super();
  }
}

@QueryHandler(GetStockAsOf)
export class GetStockAsOfHandler implements IQueryHandler<GetStockAsOf> {
  constructor(@Inject(EVENT_STORE) private readonly log: EventStore) {}

  /**
   * Zeros for a product for which nothing had been received by then.
   * @throws ProblemError PRODUCT.UNKNOWN_SKU, before there was the product saying so; 400 for a revision that is not there
   */
  async execute({ sku, asOf }: GetStockAsOf): Promise<StockDocument> {
    const events = readAsOf(this.log, streamOf('inventory', sku), asOf);
    const stock = await foldPast<StockDocument>(stockReadModel, sku, events);
    if (stock !== null) return stock;
    const variant = streamOf('variant', sku);
    for await (const { at } of this.log.read(variant, { limit: 1 })) {
      if (!('time' in asOf)) throw invalid('asOf', 'is not a revision of this resource');
      if (at <= asOf.time) return noStock(sku);
    }
    throw await nothingThen(this.log, variant, { code: 'PRODUCT.UNKNOWN_SKU', what: 'product' });
  }
}
