import { GiftCardExplained } from './explain-gift-card.js';
import { GetGiftCardHandler } from './get-gift-card.query.js';
import { GiftCardReportController } from './gift-card-report.controller.js';
import { GiftCardReadsController } from './gift-cards.controller.js';
import { ListGiftCardsHandler } from './list-gift-cards.query.js';
import { LookUpGiftCardHandler } from './look-up-gift-card.query.js';
import { ReportGiftCardLiabilitiesHandler } from './report-liabilities.query.js';

export const giftCardReads = {
  controllers: [GiftCardReadsController, GiftCardReportController],
  handlers: [
    GetGiftCardHandler,
    GiftCardExplained,
    LookUpGiftCardHandler,
    ListGiftCardsHandler,
    ReportGiftCardLiabilitiesHandler,
  ],
};
