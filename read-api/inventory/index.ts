import { StockExplained } from './explain-stock.js';
import { GetStockAsOfHandler } from './get-stock-as-of.query.js';
import { GetStockHandler } from './get-stock.query.js';
import { LiveStockController } from './live/live-stock.controller.js';
import { StockFeed } from './live/stock-feed.js';
import { Upgrades } from './live/upgrades.js';
import { StockReadsController } from './stock.controller.js';

export const inventoryReads = {
  controllers: [LiveStockController, StockReadsController],
  handlers: [GetStockHandler, GetStockAsOfHandler, StockExplained, StockFeed, Upgrades],
};
