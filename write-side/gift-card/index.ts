import { GiftCardsController } from './gift-cards.controller.js';
import { AdjustGiftCardHandler, BlockGiftCardHandler, IssueGiftCardHandler } from './gift-card.handlers.js';

export const giftCardWrites = {
  controllers: [GiftCardsController],
  handlers: [IssueGiftCardHandler, AdjustGiftCardHandler, BlockGiftCardHandler],
};
