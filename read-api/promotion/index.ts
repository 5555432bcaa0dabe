import { GetPromotionAsOfHandler, GetPromotionHandler } from './get-promotion.query.js';
import { ListPromotionsHandler } from './list-promotions.query.js';
import { PromotionReadsController } from './promotions.controller.js';
import { SimulatePromotionHandler } from './simulate-promotion.query.js';

export const promotionReads = {
  controllers: [PromotionReadsController],
  handlers: [GetPromotionHandler, GetPromotionAsOfHandler, ListPromotionsHandler, SimulatePromotionHandler],
};
