import { ChangePriceListHandler, CreatePriceListHandler } from './price-list.handlers.js';
import { PriceListsController } from './price-lists.controller.js';

export const priceListWrites = {
  controllers: [PriceListsController],
  handlers: [CreatePriceListHandler, ChangePriceListHandler],
};
