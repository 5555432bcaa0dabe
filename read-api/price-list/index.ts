import { GetPriceListHandler } from './get-price-list.query.js';
import { ListPriceListsHandler } from './list-price-lists.query.js';
import { PriceListReadsController } from './price-lists.controller.js';

export const priceListReads = {
  controllers: [PriceListReadsController],
  handlers: [GetPriceListHandler, ListPriceListsHandler],
};
