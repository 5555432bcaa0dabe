import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { brokenCursor, isTimestamp, writeCursor } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { READ_MODEL_STORE } from '../../infra/read-model-store/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import type { PromotionDocument } from '../../projections/promotion/index.js';
import { inLog, ParkedDocuments, parkedProblem, queryName, readKeyset, scanPage } from '../shared/index.js';
import { usedPromotion } from './promotion-item.js';
import type { UsedPromotion } from './promotion-item.js';
import type { PromotionListParams } from './promotion.params.js';

/** A page of promotions, the newest first. */
export class ListPromotions extends Query<Page<UsedPromotion>> {
  constructor(readonly request: PromotionListParams) {
    super();
  }
}

@QueryHandler(ListPromotions)
export class ListPromotionsHandler implements IQueryHandler<ListPromotions> {
  constructor(
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    private readonly parked: ParkedDocuments,
    @Inject(EVENT_STORE) private readonly log: Pick<EventStore, 'logId'>,
  ) {}

  /** @throws ProblemError 400 naming the cursor, READ_MODEL.PARKED while any promotion waits for an event */
  async execute({ request: { status, limit, cursor } }: ListPromotions): Promise<Page<UsedPromotion>> {
    const name = inLog(queryName('promotions', { status }), this.log);
    const after = readKeyset(cursor, name, 2);
    if (after !== undefined && !isTimestamp(after[0])) throw brokenCursor();
    if ((await this.parked.keys('promotions')).size > 0) throw parkedProblem('promotions');
    const index = status === undefined ? { index: 'by-created' } : { index: 'by-status', equals: [status] };
    const { documents, next } = await scanPage<PromotionDocument>(this.store, {
      collection: 'promotions',
      query: { ...index, direction: 'descending' },
      after,
      limit,
      keyOf: ({ doc, id }) => [doc.createdAt, id],
    });
    return { items: documents.map(usedPromotion), nextCursor: next === null ? null : writeCursor(name, next) };
  }
}
