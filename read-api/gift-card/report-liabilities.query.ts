import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { Page } from '../../infra/http/index.js';
import { READ_MODEL_STORE } from '../../infra/read-model-store/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import type { LiabilitiesDocument } from '../../projections/gift-card-liabilities/index.js';
import { ParkedDocuments, parkedProblem } from '../shared/index.js';
import { liabilities } from './liabilities.js';
import type { GiftCardLiabilities } from './liabilities.js';

/** What is owed on gift cards, an item a currency. */
export class ReportGiftCardLiabilities extends Query<Page<GiftCardLiabilities>> {}

/** More than there are currencies. */
const MOST = 1_000;

@QueryHandler(ReportGiftCardLiabilities)
export class ReportGiftCardLiabilitiesHandler implements IQueryHandler<ReportGiftCardLiabilities> {
  constructor(
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    private readonly parked: ParkedDocuments,
  ) {}

  /** @throws ProblemError READ_MODEL.PARKED */
  async execute(): Promise<Page<GiftCardLiabilities>> {
    if ((await this.parked.keys('gift-card-liabilities')).size > 0) throw parkedProblem('gift-card-liabilities');
    const query = { index: 'by-currency', limit: MOST };
    const found = await this.store.find<LiabilitiesDocument>('gift-card-liabilities', query);
    return { items: found.map(({ doc }) => liabilities(doc)), nextCursor: null };
  }
}
