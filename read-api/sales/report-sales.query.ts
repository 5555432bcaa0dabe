import { Inject, Injectable } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import type { Page } from '../../infra/http/index.js';
import { READ_MODEL_STORE } from '../../infra/read-model-store/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import { slotOf } from '../../projections/sales/index.js';
import type { SalesDimension } from '../../projections/sales/index.js';
import {
  cursorAfter,
  isParkedStream,
  ParkedDocuments,
  parkedProblem,
  placeIn,
  reportName,
  selectionOf,
} from '../shared/index.js';
import type { ReportForm, ReportPlace, ReportRequest } from '../shared/index.js';
import { salesPage } from './sales-pages.js';
import type { SalesItem } from './sales-pages.js';
import { isSelected } from './sales-selection.js';
import type { SalesSelection } from './sales-selection.js';

export interface SalesReportRequest extends ReportRequest {
  readonly by: SalesDimension;
}

/** A page of a sales report, or all of it; an item a key and currency. */
export class ReportSales extends Query<Page<SalesItem>> {
  constructor(
    readonly request: SalesReportRequest,
    readonly form: ReportForm,
  ) {
    super();
  }
}

/** Reports over sums that wait for an event to be added. */
@Injectable()
export class ParkedSales {
  constructor(private readonly parked: ParkedDocuments) {}

  /** @throws ProblemError 503 READ_MODEL.PARKED when a parked sum is part of the report, on whichever page */
  async refuse(selection: SalesSelection): Promise<void> {
    const keys = await this.parked.keys('sales');
    for (const key of keys) {
      if (isParkedStream(key) || isSelected(slotOf(key), selection)) throw parkedProblem('sales');
    }
  }
}

/** How many rows of a table are added up at a time. */
const ROWS_AT_ONCE = 500;

@QueryHandler(ReportSales)
export class ReportSalesHandler implements IQueryHandler<ReportSales> {
  constructor(
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    private readonly parked: ParkedSales,
    @Inject(EVENT_STORE) private readonly log: Pick<EventStore, 'logId'>,
  ) {}

  /** @throws ProblemError 400 naming the field, READ_MODEL.PARKED */
  async execute({ request, form }: ReportSales): Promise<Page<SalesItem>> {
    const { by, limit } = request;
    const selection = { ...(await selectionOf(request)), by };
    const name = reportName('sales', request, this.log);
    const after = placeIn(request.cursor, name);
    await this.parked.refuse(selection);
    if (form === 'csv') return { items: await this.all(selection), nextCursor: null };
    const page = await salesPage(this.store, { ...selection, after, limit });
    return { items: page.items, nextCursor: cursorAfter(name, page.next) };
  }

  private async all(selection: SalesSelection): Promise<readonly SalesItem[]> {
    const items: SalesItem[] = [];
    for (let after: ReportPlace | undefined; ;) {
      const page = await salesPage(this.store, { ...selection, after, limit: ROWS_AT_ONCE });
      items.push(...page.items);
      if (page.next === null) return items;
      after = page.next;
    }
  }
}
