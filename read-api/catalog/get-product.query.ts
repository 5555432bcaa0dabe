import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { PricePlace, Product } from '../../domain/catalog/index.js';
import { problem } from '../../infra/http/index.js';
import { READ_MODEL_STORE } from '../../infra/read-model-store/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import type { ProductDocument } from '../../projections/catalog/index.js';
import { ProductPricings } from './product-prices.js';
import { AvailableUnits } from './available-units.js';
import { mayExist, ParkedDocuments } from '../shared/index.js';
import type { Lateness } from '../shared/index.js';

export class GetProduct extends Query<Product> {
  constructor(
    readonly sku: string,
    readonly place: PricePlace = {},
    readonly lateness: Lateness = 'no',
  ) {
    super();
  }
}

@QueryHandler(GetProduct)
export class GetProductHandler implements IQueryHandler<GetProduct> {
  @Inject(ProductPricings) private readonly pricings!: ProductPricings;

  constructor(
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    private readonly parked: ParkedDocuments,
    private readonly available: AvailableUnits,
  ) {}

  /** @throws ProblemError PRODUCT.UNKNOWN_SKU, READ_MODEL.PARKED, READ_MODEL.BEHIND */
  async execute({ sku, place, lateness }: GetProduct): Promise<Product> {
    await this.parked.refuse('products', sku);
    const available = await this.available.of([sku]);
    const found = await this.store.get<ProductDocument>('products', sku);
    if (found === undefined && lateness !== 'no') throw mayExist('products');
    if (found === undefined) throw problem('PRODUCT.UNKNOWN_SKU', 'There is no product with this SKU.');
    const { pricing, ...product } = found.doc;
    const prices = await this.pricings.of({ sku, pricing }, place);
    return { ...product, ...prices, available: available(product) };
  }
}
