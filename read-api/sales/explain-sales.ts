import { Inject, Injectable } from '@nestjs/common';
import { SEALED_EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import { invalid, isDay, problem } from '../../infra/http/index.js';
import { SALES_DIMENSIONS, salesReadModel, slotOf } from '../../projections/sales/index.js';
import type { SalesDimension, SalesDocument } from '../../projections/sales/index.js';
import { keysOf } from '../../infra/engine/projections/read-model.js';
import type { AnyReadModel } from '../../infra/engine/projections/read-model.js';
import { ExplainsResource, foldEvent, localDays, shownEvents, spanOf } from '../shared/index.js';
import type { DocumentLife, Explainable, ExplainedResource, LocalDays, Span } from '../shared/index.js';
import { grouped } from './sales-pages.js';
import type { SalesItem } from './sales-pages.js';
import { isSelected } from './sales-selection.js';
import type { SalesSelection } from './sales-selection.js';

/** Tells how an item of the sales report came about: of each event it adds up what the read model makes of it. */
@Injectable()
@ExplainsResource(['reports/sales/{by}/{key}/{currency}'])
export class SalesExplained implements Explainable {
  constructor(@Inject(SEALED_EVENT_STORE) private readonly log: EventStore) {}

  /** @throws ProblemError REPORT.ITEM_NOT_FOUND; 400 for a revision, which a report has none of */
  async life({ path, asOf, shown, report }: ExplainedResource): Promise<DocumentLife> {
    const { by = '', key = '', currency = '' } = path;
    if (!isDimension(by)) throw noItem();
    if (asOf !== undefined && !('time' in asOf)) throw invalid('asOf', 'must be a time: a report has no revisions');
    const { timeZone = 'UTC', channel } = report;
    const days = await localDays(timeZone);
    const span = by === 'day' ? within(spanOf(days, report), key, days) : spanOf(days, report);
    const selection = { by, currency, channel, days, span };
    const item: SalesItem = { key, orders: 0, units: 0, revenue: { amount: 0n, currency } };
    let isThere = false;
    return {
      explains: salesReadModel.explains ?? { fields: {} },
      events: shownEvents(this.#events(span, asOf?.time), shown),
      after: (event) => {
        const added = addedBy(event, selection, key);
        if (added !== undefined) {
          isThere = true;
          item.orders += added.orders;
          item.units += added.units;
          item.revenue.amount += added.revenue.amount;
        }
        return isThere ? item : null;
      },
      nothing: () => Promise.resolve(noItem()),
    };
  }

  /** Those that are counted at all, of the span. */
  async *#events({ from, to }: Span, time: string | undefined): AsyncGenerator<RecordedEvent> {
    const types = Object.keys(salesReadModel.on);
    const start = from === undefined ? null : await this.log.positionBefore(`${from}:00.000Z`);
    for await (const event of this.log.readAll({ from: start, filter: { types } })) {
      if ((to !== undefined && event.at >= to) || (time !== undefined && event.at > time)) return;
      yield event;
    }
  }
}

const isDimension = (by: string): by is SalesDimension => SALES_DIMENSIONS.some((dimension) => dimension === by);

const noItem = () => problem('REPORT.ITEM_NOT_FOUND', 'The report has no such item.');

/** The part of a span that lies in a day. */
function within({ from, to }: Span, day: string, days: LocalDays): Span {
  if (!isDay(day)) throw noItem();
  const [start, end] = [days.startOf(day), days.endOf(day) ?? undefined];
  return {
    from: from === undefined || from < start ? start : from,
    to: to === undefined || (end !== undefined && end < to) ? end : to,
  };
}

/** What an event adds to the items of a selection, counted by quarters of an hour, which every day is made up of. */
function addedBy(event: RecordedEvent, selection: SalesSelection, key: string): SalesItem | undefined {
  const documents: SalesDocument[] = [];
  const fold = (salesReadModel as AnyReadModel).on[event.type];
  for (const id of fold === undefined ? [] : [keysOf(fold, event)].flat()) {
    const slot = slotOf(id);
    if (slot.grain !== 'quarters' || !isSelected(slot, selection)) continue;
    if (slot.by !== 'day' && slot.key !== key) continue;
    const doc = foldEvent<SalesDocument>(salesReadModel, { id, doc: null }, event);
    if (doc !== null) documents.push(doc);
  }
  return grouped(documents, selection).find((item) => item.key === key);
}
