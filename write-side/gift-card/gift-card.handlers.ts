import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { giftCardAggregate, giftCardView } from '../../domain/gift-card/index.js';
import type { GiftCard, GiftCardCommand, GiftCardState, GiftCardView } from '../../domain/gift-card/index.js';
import { CONFIG, type Config } from '../../infra/config/index.js';
import { giftCardOf } from '../../infra/shared/gift-card-code.js';
import type { WriteAnswer, WriteScope } from '../shared/write-scope.js';
import { AdjustGiftCard, BlockGiftCard, IssueGiftCard } from './gift-card.commands.js';

@CommandHandler(IssueGiftCard)
export class IssueGiftCardHandler implements ICommandHandler<IssueGiftCard> {
  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'serverSecret'>) {}

  /** The code follows from the request's id: a repetition shows it again, and it is kept nowhere. */
  async execute({ scope, data }: IssueGiftCard): Promise<WriteAnswer> {
    const seed = scope.newId('gift-card');
    const { code, giftCardId: id } = giftCardOf(this.config.serverSecret, seed);
    const answer = await scope.answer(201, {
      aggregate: giftCardAggregate,
      id,
      creates: true,
      command: { type: 'issue-gift-card', giftCardId: id, seed, ...data },
      answer: (state, _events, revision) => ({ ...viewOf(state, revision), code }),
    });
    return { ...answer, location: `/v1/gift-cards/by-id/${id}`, isPersonal: true };
  }
}

@CommandHandler(AdjustGiftCard)
export class AdjustGiftCardHandler implements ICommandHandler<AdjustGiftCard> {
  execute({ scope, data: { giftCardId, ...change } }: AdjustGiftCard): Promise<WriteAnswer> {
    return changeCard(scope, giftCardId, { type: 'adjust', ...change });
  }
}

@CommandHandler(BlockGiftCard)
export class BlockGiftCardHandler implements ICommandHandler<BlockGiftCard> {
  execute({ scope, data: { giftCardId, ...why } }: BlockGiftCard): Promise<WriteAnswer> {
    return changeCard(scope, giftCardId, { type: 'block', ...why });
  }
}

function changeCard(scope: WriteScope, id: string, command: GiftCardCommand): Promise<WriteAnswer> {
  return scope.answer(200, {
    aggregate: giftCardAggregate,
    id,
    missing: 'GIFT_CARD.UNKNOWN',
    command,
    answer: (state, _events, revision) => viewOf(state, revision),
  });
}

const viewOf = (state: GiftCardState, revision: number): GiftCardView => giftCardView(issued(state), revision);

function issued({ card }: GiftCardState): GiftCard {
  if (card === null) throw new RangeError('an accepted command left no gift card');
  return card;
}
