import { Inject, Injectable } from '@nestjs/common';
import type { Product } from '../../domain/catalog/index.js';
import { isGiftCard, MOST_GIFT_CARDS } from '../../domain/shared/index.js';
import { READ_MODEL_STORE, type ReadModelStore } from '../../infra/read-model-store/index.js';
import type { StockDocument } from '../../projections/inventory/index.js';
import { ParkedDocuments } from '../shared/index.js';

type Sold = Pick<Product, 'sku' | 'kind'>;

/** How many units of products can be sold now: they are kept with their stock. */
@Injectable()
export class AvailableUnits {
  constructor(
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    private readonly parked: ParkedDocuments,
  ) {}

  /** Of each product; 0 where nothing was ever received, of a gift card what a cart takes. @throws ProblemError READ_MODEL.PARKED where the stock of one is parked */
  async of(skus: readonly string[]): Promise<(product: Sold) => number> {
    await this.parked.refuseAny('stock', skus);
    const stock = await this.store.getMany<StockDocument>('stock', skus);
    return (product) => (isGiftCard(product) ? MOST_GIFT_CARDS : (stock.get(product.sku)?.doc.available ?? 0));
  }
}
