import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { ProductPrices } from '../../domain/catalog/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { pricesLiveModel } from '../../projections/catalog/index.js';
import { readLive } from '../shared/index.js';
import type { AsOf } from '../shared/index.js';

/** Reads all prices of a product, now or as they were set at a moment. */
export class GetPrices extends Query<ProductPrices> {
  constructor(
    readonly sku: string,
    readonly asOf?: AsOf,
  ) {
    super();
  }
}

@QueryHandler(GetPrices)
export class GetPricesHandler implements IQueryHandler<GetPrices> {
  constructor(@Inject(EVENT_STORE) private readonly log: EventStore) {}

  /** @throws ProblemError PRODUCT.UNKNOWN_SKU, before there was the product saying so; READ_MODEL.PARKED */
  execute({ sku, asOf }: GetPrices): Promise<ProductPrices> {
    const nothing = { code: 'PRODUCT.UNKNOWN_SKU', what: 'product' } as const;
    return readLive(this.log, pricesLiveModel, { id: sku, asOf, nothing });
  }
}
