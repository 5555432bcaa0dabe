import { ChangeProductHandler } from './change-product.handler.js';
import { CreateProductHandler } from './create-product.handler.js';
import { ProductsController } from './products.controller.js';

export const catalogWrites = {
  controllers: [ProductsController],
  handlers: [CreateProductHandler, ChangeProductHandler],
};
