import { AvailableUnits } from './available-units.js';
import { GetPriceHistoryHandler } from './get-price-history.query.js';
import { GetPricesHandler } from './get-prices.query.js';
import { GetProductHandler } from './get-product.query.js';
import { ListProductsHandler } from './list-products.query.js';
import { ProductPricings } from './product-prices.js';
import { SuggestProductsHandler } from './suggest-products.query.js';
import { ProductReadsController } from './products.controller.js';

export const catalogReads = {
  controllers: [ProductReadsController],
  handlers: [
    AvailableUnits,
    ProductPricings,
    GetPriceHistoryHandler,
    GetPricesHandler,
    GetProductHandler,
    ListProductsHandler,
    SuggestProductsHandler,
  ],
};
