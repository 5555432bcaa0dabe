import { CreatePromotionHandler } from './create-promotion.handler.js';
import { PromotionsController } from './promotions.controller.js';
import { UpdatePromotionHandler } from './update-promotion.handler.js';

export const promotionWrites = {
  controllers: [PromotionsController],
  handlers: [CreatePromotionHandler, UpdatePromotionHandler],
};
