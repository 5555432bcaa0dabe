import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { GiftCardLedger } from '../../domain/gift-card/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { giftCardLiveModel } from '../../projections/gift-card/index.js';
import { readLive } from '../shared/index.js';
import type { AsOf } from '../shared/index.js';

/** Reads a gift card with its ledger, by its id. */
export class GetGiftCard extends Query<GiftCardLedger> {
  constructor(
    readonly giftCardId: string,
    readonly asOf?: AsOf,
  ) {
    super();
  }
}

@QueryHandler(GetGiftCard)
export class GetGiftCardHandler implements IQueryHandler<GetGiftCard> {
  constructor(@Inject(EVENT_STORE) private readonly log: EventStore) {}

  /** @throws ProblemError GIFT_CARD.UNKNOWN, READ_MODEL.PARKED */
  execute({ giftCardId, asOf }: GetGiftCard): Promise<GiftCardLedger> {
    const nothing = { code: 'GIFT_CARD.UNKNOWN', what: 'gift card' } as const;
    return readLive(this.log, giftCardLiveModel, { id: giftCardId, asOf, nothing });
  }
}
