import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { promotionAggregate } from '../../domain/promotion/index.js';
import type { WriteAnswer } from '../shared/write-scope.js';
import { promotionAnswer } from './promotion.answers.js';
import { CreatePromotion } from './promotion.commands.js';

/** A draft is not in the register, so its own stream is all that there is to write. */
@CommandHandler(CreatePromotion)
export class CreatePromotionHandler implements ICommandHandler<CreatePromotion> {
  /** @throws ProblemError PROMOTION.INVALID */
  async execute({ scope, data: { promotion } }: CreatePromotion): Promise<WriteAnswer> {
    const promotionId = scope.newId('promotion');
    const answer = await scope.answer(201, {
      aggregate: promotionAggregate,
      id: promotionId,
      creates: true,
      command: { type: 'create-promotion', promotionId, promotion },
      answer: promotionAnswer,
    });
    return { ...answer, location: `/v1/promotions/${promotionId}` };
  }
}
