import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { giftCardLiveModel } from '../../projections/gift-card/index.js';
import { ExplainsResource, liveLife } from '../shared/index.js';
import type { DocumentLife, Explainable, ExplainedResource } from '../shared/index.js';

/** Tells how a gift card came about. It is never named by its code, which is money. */
@Injectable()
@ExplainsResource(['gift-cards/by-id/{id}', 'gift-cards/{id}'])
export class GiftCardExplained implements Explainable {
  constructor(@Inject(EVENT_STORE) private readonly log: EventStore) {}

  life({ path: { id = '' }, asOf, shown }: ExplainedResource): Promise<DocumentLife> {
    const nothing = { code: 'GIFT_CARD.UNKNOWN', what: 'gift card' } as const;
    return Promise.resolve(liveLife(this.log, giftCardLiveModel, { id, asOf, shown, nothing }));
  }
}
