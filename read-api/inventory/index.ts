import { GetStockAsOfHandler } from './get-stock-as-of.query.js';
import { GetStockHandler } from './get-stock.query.js';
import { StockReadsController } from './stock.controller.js';

export const inventoryReads = {
  controllers: [StockReadsController],
  handlers: [GetStockHandler, GetStockAsOfHandler],
};
