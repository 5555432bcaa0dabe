import { Inject, Injectable } from '@nestjs/common';
import { READ_STORE, type ReadStore } from '../../infra/read-store/index.js';
import type { StockDocument } from '../../projections/inventory/index.js';
import { ParkedDocuments } from '../shared/index.js';

/** How many units of products can be sold now: they are kept with their stock. */
@Injectable()
export class AvailableUnits {
  constructor(
    @Inject(READ_STORE) private readonly store: ReadStore,
    private readonly parked: ParkedDocuments,
  ) {}

  /** By SKU; 0 where nothing was ever received. @throws ProblemError READ_MODEL.PARKED where the stock of one is parked */
  async of(skus: readonly string[]): Promise<(sku: string) => number> {
    await this.parked.refuseAny('stock', skus);
    const stock = await this.store.getMany<StockDocument>('stock', skus);
    return (sku) => stock.get(sku)?.doc.available ?? 0;
  }
}
