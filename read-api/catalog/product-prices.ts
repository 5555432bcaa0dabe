import { Inject, Injectable } from '@nestjs/common';
import { shownPrices } from '../../domain/catalog/index.js';
import type { PricePlace, Pricing, Product } from '../../domain/catalog/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { lowestBefore, priceHistoryIn } from '../../projections/catalog/index.js';
import { readLive } from '../shared/index.js';

/** What is shown of a product's prices. */
export type ProductPricing = Pick<Product, 'price' | 'wasPrice' | 'lowestPrice30Days' | 'tiers'>;

interface Priced {
  readonly sku: string;
  readonly pricing: Pricing;
}

/** Works out prices for a place. What a reduced product cost before is folded from its stream, which is short. */
@Injectable()
export class ProductPricings {
  constructor(@Inject(EVENT_STORE) private readonly log: EventStore) {}

  /** @throws ProblemError READ_MODEL.PARKED */
  async of({ sku, pricing }: Priced, place: PricePlace): Promise<ProductPricing> {
    const shown = shownPrices(pricing, place);
    if (shown.wasPrice === undefined) return shown;
    const { currency } = shown.wasPrice;
    const nothing = { code: 'PRODUCT.UNKNOWN_SKU', what: 'product' } as const;
    const history = await readLive(this.log, priceHistoryIn({ ...place, currency }), {
      id: sku,
      asOf: undefined,
      nothing,
    });
    const lowestPrice30Days = lowestBefore(history);
    return lowestPrice30Days === null ? shown : { ...shown, lowestPrice30Days };
  }
}
