import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { EVENT_STORE, type EventStore } from '../../infra/event-store/index.js';
import { brokenCursor, isTimestamp, writeCursor } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { READ_MODEL_STORE } from '../../infra/read-model-store/index.js';
import type { DocumentQuery } from '../../infra/shared/document-query.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import { numberKey } from '../../projections/order/index.js';
import type { OrderDocument } from '../../projections/order/index.js';
import { SAGAS } from '../../projections/saga/index.js';
import type { SagaState } from '../../infra/engine/sagas/index.js';
import type { SagaDocument, SagaName } from '../../projections/saga/index.js';
import { inLog, ParkedDocuments, parkedProblem, queryName, readKeyset, scanPage } from '../shared/index.js';
import { sagaRow } from './saga-row.js';
import type { SagaRow } from './saga-view.js';

export interface SagaListRequest {
  readonly name?: SagaName;
  readonly state?: SagaState;
  readonly olderThan?: number;
  readonly q?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** A page of processes, those that have been in their state the longest first. */
export class ListSagas extends Query<Page<SagaRow>> {
  constructor(readonly request: SagaListRequest) {
    super();
  }
}

@QueryHandler(ListSagas)
export class ListSagasHandler implements IQueryHandler<ListSagas> {
  constructor(
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    private readonly parked: ParkedDocuments,
    @Inject(EVENT_STORE) private readonly log: Pick<EventStore, 'logId'>,
  ) {}

  /** @throws ProblemError 400 naming the cursor, READ_MODEL.PARKED while any process waits for an event to be applied */
  async execute({ request }: ListSagas): Promise<Page<SagaRow>> {
    const { name, state, olderThan, q, limit, cursor } = request;
    const list = inLog(queryName(SAGAS, { name, state, olderThan, q }), this.log);
    const after = readKeyset(cursor, list, 2);
    if (after !== undefined && !isTimestamp(after[0])) throw brokenCursor();
    if ((await this.parked.keys(SAGAS)).size > 0) throw parkedProblem(SAGAS);
    const latest = olderThan === undefined ? null : new Date(Date.now() - olderThan * 1000).toISOString();
    const { documents, next } = await scanPage<SagaDocument>(this.store, {
      collection: SAGAS,
      query: { ...(await this.indexFor(request)), ...(latest !== null && { range: { lte: latest } }) },
      accepts: (saga) => (name ?? saga.name) === saga.name && (state ?? saga.state) === saga.state,
      after,
      limit,
      keyOf: ({ doc, id }) => [doc.since, id],
    });
    return { items: documents.map(sagaRow), nextCursor: next === null ? null : writeCursor(list, next) };
  }

  /** The index with the fewest documents that do not belong to the list. */
  private async indexFor({ name, state, q }: SagaListRequest): Promise<Pick<DocumentQuery, 'index' | 'equals'>> {
    if (q !== undefined) return this.named(q.trim());
    if (name !== undefined && state !== undefined) return { index: 'by-name', equals: [name, state] };
    return state === undefined ? { index: 'by-since' } : { index: 'by-state', equals: [state] };
  }

  /** An order is found by its id or number, and what is about none by its own id. */
  private async named(q: string): Promise<Pick<DocumentQuery, 'index' | 'equals'>> {
    const numbered = { index: 'by-number', equals: [numberKey(q)], limit: 1 };
    const [order] = await this.store.find<OrderDocument>('orders', numbered);
    if (order !== undefined) return { index: 'by-order', equals: [order.id] };
    const own = { index: 'by-id', equals: [q] };
    const [found] = await this.store.find<SagaDocument>(SAGAS, { ...own, limit: 1 });
    return found === undefined || found.doc.orderId === q ? { index: 'by-order', equals: [q] } : own;
  }
}
