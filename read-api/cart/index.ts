import { CartReadsController } from './carts.controller.js';
import { GetCartAsOfHandler } from './get-cart-as-of.query.js';
import { GetCartHandler } from './get-cart.query.js';
import { QuoteCartHandler } from './quote-cart.query.js';

export const cartReads = {
  controllers: [CartReadsController],
  handlers: [GetCartHandler, GetCartAsOfHandler, QuoteCartHandler],
};
