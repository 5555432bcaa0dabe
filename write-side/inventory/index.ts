import { StockController } from './stock.controller.js';
import { ReceiveStockHandler, AdjustStockHandler } from './stock.handlers.js';

export const inventoryWrites = {
  controllers: [StockController],
  handlers: [ReceiveStockHandler, AdjustStockHandler],
};
