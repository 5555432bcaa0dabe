import { CartTermsReader } from './cart-terms.js';
import { CartReadsController } from './carts.controller.js';
import { CartExplained } from './explain-cart.js';
import { GetCartHandler } from './get-cart.query.js';
import { QuoteCartHandler } from './quote-cart.query.js';

export const cartReads = {
  controllers: [CartReadsController],
  handlers: [CartExplained, CartTermsReader, GetCartHandler, QuoteCartHandler],
};
