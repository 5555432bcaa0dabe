import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { GiftCardStatus, GiftCardSummary } from '../../domain/gift-card/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { brokenCursor, isTimestamp, writeCursor } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { READ_MODEL_STORE } from '../../infra/read-model-store/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import { giftCardSummary } from '../../projections/gift-card/index.js';
import type { GiftCardDocument } from '../../projections/gift-card/index.js';
import { inLog, ParkedDocuments, parkedProblem, queryName, readKeyset, scanPage } from '../shared/index.js';

export interface GiftCardListRequest {
  readonly status?: GiftCardStatus;
  readonly currency?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** A page of gift cards, the newest first. */
export class ListGiftCards extends Query<Page<GiftCardSummary>> {
  constructor(readonly request: GiftCardListRequest) {
    super();
  }
}

@QueryHandler(ListGiftCards)
export class ListGiftCardsHandler implements IQueryHandler<ListGiftCards> {
  constructor(
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    private readonly parked: ParkedDocuments,
    @Inject(EVENT_STORE) private readonly log: Pick<EventStore, 'logId'>,
  ) {}

  /** @throws ProblemError 400 naming the cursor, READ_MODEL.PARKED while any card waits for an event */
  async execute({ request }: ListGiftCards): Promise<Page<GiftCardSummary>> {
    const { status, currency, limit, cursor } = request;
    const name = inLog(queryName('gift-cards', { status, currency }), this.log);
    const after = readKeyset(cursor, name, 2);
    if (after !== undefined && !isTimestamp(after[0])) throw brokenCursor();
    if ((await this.parked.keys('gift-cards')).size > 0) throw parkedProblem('gift-cards');
    const { documents, next } = await scanPage<GiftCardDocument>(this.store, {
      collection: 'gift-cards',
      query: { ...indexOf(request), direction: 'descending' },
      accepts: status === undefined || currency === undefined ? undefined : (card) => card.currency === currency,
      after,
      limit,
      keyOf: ({ doc, id }) => [doc.issuedAt, id],
    });
    return { items: documents.map(giftCardSummary), nextCursor: next === null ? null : writeCursor(name, next) };
  }
}

function indexOf({ status, currency }: GiftCardListRequest) {
  if (status !== undefined) return { index: 'by-status', equals: [status] };
  return currency === undefined ? { index: 'by-issued' } : { index: 'by-currency', equals: [currency] };
}
