import { Inject, Injectable } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { invalid, writeCursor } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { READ_MODEL_STORE } from '../../infra/read-model-store/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import { slotOf } from '../../projections/sales/index.js';
import {
  inLog,
  isParkedStream,
  localDays,
  ParkedDocuments,
  parkedProblem,
  queryName,
  readKeyset,
} from '../shared/index.js';
import { salesPage } from './sales-pages.js';
import type { SalesItem, SalesPlace } from './sales-pages.js';
import { isSelected, spanOf } from './sales-selection.js';
import type { DayRange, SalesSelection } from './sales-selection.js';

export interface SalesReportRequest extends DayRange, Pick<SalesSelection, 'by' | 'currency' | 'channel'> {
  /** A name of the IANA database: days are those of its clocks; `UTC` where it is left out. */
  readonly timeZone?: string | undefined;
  readonly limit: number;
  readonly cursor?: string;
}

/** A page of a sales report, an item a key and currency. */
export class ReportSales extends Query<Page<SalesItem>> {
  constructor(readonly request: SalesReportRequest) {
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

@QueryHandler(ReportSales)
export class ReportSalesHandler implements IQueryHandler<ReportSales> {
  constructor(
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    private readonly parked: ParkedSales,
    @Inject(EVENT_STORE) private readonly log: Pick<EventStore, 'logId'>,
  ) {}

  /** @throws ProblemError 400 naming the field, READ_MODEL.PARKED */
  async execute({ request }: ReportSales): Promise<Page<SalesItem>> {
    const { by, from, to, timeZone = 'UTC', currency, channel, limit, cursor } = request;
    if (from !== undefined && to !== undefined && from > to) throw invalid('from', 'must not be after to');
    const name = inLog(queryName('sales', { by, from, to, timeZone, currency, channel }), this.log);
    const after = placeIn(cursor, name);
    const days = await localDays(timeZone);
    const selection = { by, currency, channel, days, span: spanOf(days, request) };
    await this.parked.refuse(selection);
    const page = await salesPage(this.store, { ...selection, after, limit });
    const next = page.next === null ? null : writeCursor(name, [page.next.key, page.next.currency]);
    return { items: page.items, nextCursor: next };
  }
}

function placeIn(cursor: string | undefined, name: string): SalesPlace | undefined {
  const keyset = readKeyset(cursor, name, 2);
  if (keyset === undefined) return undefined;
  const [key = '', currency = ''] = keyset;
  return { key, currency };
}
