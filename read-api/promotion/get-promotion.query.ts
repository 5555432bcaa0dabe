import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { streamOf } from '../../domain/shared/index.js';
import { EVENT_STORE, SEALED_EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import { problem } from '../../infra/http/index.js';
import { READ_MODEL_STORE } from '../../infra/read-model-store/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import { promotionsReadModel } from '../../projections/promotion/index.js';
import type { PromotionDocument } from '../../projections/promotion/index.js';
import { foldPast, happenedBy, mayExist, nothingThen, ParkedDocuments } from '../shared/index.js';
import type { AsOf, Happened, Lateness } from '../shared/index.js';
import { usedPromotion } from './promotion-item.js';
import type { UsedPromotion } from './promotion-item.js';

const NOTHING = { code: 'PROMOTION.NOT_FOUND', what: 'promotion' } as const;

export class GetPromotion extends Query<UsedPromotion> {
  constructor(
    readonly promotionId: string,
    readonly lateness: Lateness = 'no',
  ) {
    super();
  }
}

@QueryHandler(GetPromotion)
export class GetPromotionHandler implements IQueryHandler<GetPromotion> {
  constructor(
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    private readonly parked: ParkedDocuments,
  ) {}

  /** @throws ProblemError PROMOTION.NOT_FOUND, READ_MODEL.PARKED, READ_MODEL.BEHIND */
  async execute({ promotionId, lateness }: GetPromotion): Promise<UsedPromotion> {
    await this.parked.refuse('promotions', promotionId);
    const found = await this.store.get<PromotionDocument>('promotions', promotionId);
    if (found !== undefined) return usedPromotion(found.doc);
    if (lateness !== 'no') throw mayExist('promotions');
    throw problem(NOTHING.code, `There is no such ${NOTHING.what}.`);
  }
}

/** Reads a promotion as it was at a moment. */
export class GetPromotionAsOf extends Query<UsedPromotion> {
  constructor(
    readonly promotionId: string,
    readonly asOf: AsOf,
  ) {
    super();
  }
}

/** What changes a promotion beside its own events. */
const ORDERS = {
  categories: ['order', 'cart'],
  types: ['order.confirmed.v1', 'order.cancelled.v1', 'cart.checked-out.v1'],
};

@QueryHandler(GetPromotionAsOf)
export class GetPromotionAsOfHandler implements IQueryHandler<GetPromotionAsOf> {
  constructor(
    @Inject(EVENT_STORE) private readonly log: EventStore,
    @Inject(SEALED_EVENT_STORE) private readonly sealed: EventStore,
  ) {}

  /** @throws ProblemError PROMOTION.NOT_FOUND, before there was the promotion saying so; 400 for a revision that is not there */
  async execute({ promotionId, asOf }: GetPromotionAsOf): Promise<UsedPromotion> {
    const stream = streamOf('promotion', promotionId);
    const head = await this.log.head();
    const own: RecordedEvent[] = [];
    for await (const event of this.log.read(stream)) own.push(event);
    if (own.length === 0) throw await nothingThen(this.log, stream, NOTHING);
    const events = this.eventsBy(happenedBy(asOf, { own, head }), own);
    const doc = await foldPast<PromotionDocument>(promotionsReadModel, promotionId, events);
    if (doc === null) throw await nothingThen(this.log, stream, NOTHING);
    return usedPromotion(doc);
  }

  /** In the order of the log, as a change of the promotion begins what failed anew. Before its activation no order has it. */
  private async *eventsBy(happened: Happened, own: readonly RecordedEvent[]): AsyncGenerator<RecordedEvent> {
    const then = own.filter(happened);
    const activated = then.find(({ type }) => type === 'promotion.activated.v1');
    let told = 0;
    if (activated !== undefined) {
      for await (const event of this.sealed.readAll({ from: activated.position, filter: ORDERS })) {
        if (!happened(event)) break;
        for (let next = then[told]; next !== undefined && next.position < event.position; next = then[++told])
          yield next;
        yield event;
      }
    }
    yield* then.slice(told);
  }
}
