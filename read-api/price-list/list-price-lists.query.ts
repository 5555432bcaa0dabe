import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { PriceList } from '../../domain/price-list/index.js';
import { EVENT_STORE, type EventStore } from '../../infra/event-store/index.js';
import { writeCursor } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { READ_MODEL_STORE } from '../../infra/read-model-store/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import type { PriceListDocument } from '../../projections/price-list/index.js';
import { inLog, ParkedDocuments, readKeyset } from '../shared/index.js';
import type { ListParams } from '../shared/index.js';

/** A page of price lists by code. */
export class ListPriceLists extends Query<Page<PriceList>> {
  constructor(readonly request: ListParams) {
    super();
  }
}

@QueryHandler(ListPriceLists)
export class ListPriceListsHandler implements IQueryHandler<ListPriceLists> {
  constructor(
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    @Inject(EVENT_STORE) private readonly log: Pick<EventStore, 'logId'>,
    private readonly parked: ParkedDocuments,
  ) {}

  /** @throws ProblemError 400 naming `cursor`, READ_MODEL.PARKED for a page with a parked list */
  async execute({ request: { limit, cursor } }: ListPriceLists): Promise<Page<PriceList>> {
    const name = inLog('price-lists', this.log);
    const [after] = readKeyset(cursor, name, 1) ?? [];
    const options = { limit: limit + 1, ...(after === undefined ? {} : { after }) };
    const found = await this.store.scan<PriceListDocument>('price-lists', options);
    const items = found.slice(0, limit).map(({ doc }) => doc.shown);
    await this.parked.refuseAny(
      'price-lists',
      items.map(({ code }) => code),
    );
    const last = items.at(-1);
    return {
      items,
      nextCursor: found.length > limit && last !== undefined ? writeCursor(name, [last.code]) : null,
    };
  }
}
