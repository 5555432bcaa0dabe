import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { GiftCardBalance } from '../../domain/gift-card/index.js';
import { CONFIG, type Config } from '../../infra/config/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { problem } from '../../infra/http/index.js';
import { giftCardIdOf } from '../../infra/shared/gift-card-code.js';
import { giftCardLiveModel } from '../../projections/gift-card/index.js';
import { readLive } from '../shared/index.js';

/** Reads what is on a gift card, by its code. */
export class LookUpGiftCard extends Query<GiftCardBalance> {
  constructor(readonly code: string) {
    super();
  }
}

@QueryHandler(LookUpGiftCard)
export class LookUpGiftCardHandler implements IQueryHandler<LookUpGiftCard> {
  constructor(
    @Inject(EVENT_STORE) private readonly log: EventStore,
    @Inject(CONFIG) private readonly config: Pick<Config, 'serverSecret'>,
  ) {}

  /** What can be no code is answered as what is the code of no card. @throws ProblemError GIFT_CARD.UNKNOWN, READ_MODEL.PARKED */
  async execute({ code }: LookUpGiftCard): Promise<GiftCardBalance> {
    const nothing = { code: 'GIFT_CARD.UNKNOWN', what: 'gift card' } as const;
    const id = giftCardIdOf(this.config.serverSecret, code);
    if (id === null) throw problem(nothing.code, `There is no such ${nothing.what}.`);
    return GiftCardBalance.pick(await readLive(this.log, giftCardLiveModel, { id, asOf: undefined, nothing }));
  }
}
