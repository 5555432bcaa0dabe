import { Inject, Injectable } from '@nestjs/common';
import { READ_MODEL_STORE, type ReadModelStore } from '../../infra/read-model-store/index.js';
import type { StockDocument } from '../../projections/inventory/index.js';
import { ParkedDocuments } from '../shared/index.js';

/** How many units of products can be sold now: they are kept with their stock. */
@Injectable()
export class AvailableUnits {
  constructor(
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    private readonly parked: ParkedDocuments,
  ) {}

  /** By SKU; 0 where nothing was ever received. @throws ProblemError READ_MODEL.PARKED where the stock of one is parked */
  async of(skus: readonly string[]): Promise<(sku: string) => number> {
    await this.parked.refuseAny('stock', skus);
    const stock = await this.store.getMany<StockDocument>('stock', skus);
    return (sku) => stock.get(sku)?.doc.available ?? 0;
  }
}
