import { Inject, Injectable } from '@nestjs/common';
import type { GiftCardFacts } from '../../domain/cart/index.js';
import { giftCardAggregate, spendableCard } from '../../domain/gift-card/index.js';
import { CONFIG, type Config } from '../../infra/config/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';
import { problem, type FieldError } from '../../infra/http/index.js';
import { giftCardIdOf } from '../../infra/shared/gift-card-code.js';
import { COMMAND_EXECUTOR } from '../shared/index.js';

/** Most gift cards that may pay one order. */
const MOST_CARDS = 10;

const pathOf = (index: number): string => `payment.giftCards.${index}`;

/** Finds the gift cards that a checkout names by their codes. No refusal repeats a code. */
@Injectable()
export class NamedGiftCards {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'serverSecret'>,
    @Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor,
  ) {}

  /** @throws ProblemError GIFT_CARD.INVALID_LIST, GIFT_CARD.UNKNOWN with every code that is of no card */
  async of(codes: readonly string[], currency: string): Promise<readonly GiftCardFacts[]> {
    const ids = codes.map((code) => giftCardIdOf(this.config.serverSecret, code));
    refuseInvalid(ids);
    const cards: GiftCardFacts[] = [];
    const unknown: FieldError[] = [];
    for (const [index, giftCardId] of ids.entries()) {
      const card = giftCardId === null ? null : await this.spendable(giftCardId, currency);
      if (giftCardId === null || card === null)
        unknown.push({ path: pathOf(index), message: 'is the code of no card' });
      else cards.push({ giftCardId, ...card });
    }
    if (unknown.length === 0) return cards;
    throw problem('GIFT_CARD.UNKNOWN', 'There is no gift card with such a code.', { errors: unknown });
  }

  private spendable(giftCardId: string, currency: string) {
    return this.executor.query(giftCardAggregate, giftCardId, (state) => spendableCard(state, currency));
  }
}

function refuseInvalid(ids: readonly (string | null)[]): void {
  const errors: FieldError[] = [];
  if (ids.length > MOST_CARDS) errors.push({ path: 'payment.giftCards', message: `must be at most ${MOST_CARDS}` });
  for (const [index, id] of ids.entries()) {
    if (id !== null && ids.indexOf(id) < index) errors.push({ path: pathOf(index), message: 'names a card again' });
  }
  if (errors.length === 0) return;
  const detail = `At most ${MOST_CARDS} gift cards pay an order, each named once.`;
  throw problem('GIFT_CARD.INVALID_LIST', detail, { errors });
}
