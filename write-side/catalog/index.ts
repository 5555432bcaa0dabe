import { ChangeProductHandler, SetPricesHandler } from './change-product.handlers.js';
import { CreateProductHandler } from './create-product.handler.js';
import { ProductChanges } from './product-changes.js';
import { ProductsController } from './products.controller.js';

export const catalogWrites = {
  controllers: [ProductsController],
  handlers: [ProductChanges, CreateProductHandler, ChangeProductHandler, SetPricesHandler],
};
