import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { PriceList } from '../../domain/price-list/index.js';
import { problem } from '../../infra/http/index.js';
import { READ_MODEL_STORE } from '../../infra/read-model-store/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import type { PriceListDocument } from '../../projections/price-list/index.js';
import { mayExist, ParkedDocuments } from '../shared/index.js';
import type { Lateness } from '../shared/index.js';

export class GetPriceList extends Query<PriceList> {
  constructor(
    readonly code: string,
    readonly lateness: Lateness = 'no',
  ) {
    super();
  }
}

@QueryHandler(GetPriceList)
export class GetPriceListHandler implements IQueryHandler<GetPriceList> {
  constructor(
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    private readonly parked: ParkedDocuments,
  ) {}

  /** @throws ProblemError PRICE_LIST.NOT_FOUND, READ_MODEL.PARKED, READ_MODEL.BEHIND */
  async execute({ code, lateness }: GetPriceList): Promise<PriceList> {
    await this.parked.refuse('price-lists', code);
    const found = await this.store.get<PriceListDocument>('price-lists', code);
    if (found !== undefined) return found.doc.shown;
    if (lateness !== 'no') throw mayExist('price-lists');
    throw problem('PRICE_LIST.NOT_FOUND', 'There is no such price list.');
  }
}
