import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import type { Page } from '../../infra/http/index.js';
import { READ_MODEL_STORE } from '../../infra/read-model-store/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import { talliedParts } from '../../projections/shared/tally.js';
import type { TalliedPart, TallyDocument } from '../../projections/shared/tally.js';
import {
  isPeriod,
  isWithin,
  pageOfReport,
  ParkedDocuments,
  parkedProblem,
  periodOf,
  reportName,
  selectionOf,
} from '../shared/index.js';
import type { PlacedItem, ReportForm, ReportRequest, ReportSelection } from '../shared/index.js';
import { documentsIn, rangeOf } from './documents-in.js';

/** A report as it is asked for. */
export interface AskedReport {
  readonly request: ReportRequest;
  readonly form: ReportForm;
}

/** What is reported of a tally model. */
export interface TallyReport<Sum extends string, Item> {
  /** Of the report and of the read model. */
  readonly name: string;
  readonly model: { readonly name: string; readonly sums: readonly Sum[] };
  /** The dimension whose keys every event counts in once: what is grouped by time or channel is added up over them. */
  readonly base: string;
  readonly itemOf: (
    sums: Readonly<Record<Sum, bigint>>,
    place: { readonly key: string; readonly currency: string },
  ) => Item;
}

/** Adds up what tally models count, by key and currency. */
@Injectable()
export class TallyReports {
  constructor(
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    private readonly parked: ParkedDocuments,
    @Inject(EVENT_STORE) private readonly log: Pick<EventStore, 'logId'>,
  ) {}

  /** @throws ProblemError 400 naming the field, READ_MODEL.PARKED where an event could not be counted */
  async page<Sum extends string, Item>(
    report: TallyReport<Sum, Item>,
    { request, form }: AskedReport,
  ): Promise<Page<Item>> {
    const selection = await selectionOf(request);
    const { model } = report;
    if ((await this.parked.keys(model.name)).size > 0) throw parkedProblem(model.name);
    const items = await this.#items(report, selection);
    return pageOfReport(items, { name: reportName(report.name, request, this.log), request, form });
  }

  async #items<Sum extends string, Item>(
    { model, base, itemOf }: TallyReport<Sum, Item>,
    selection: ReportSelection,
  ): Promise<readonly PlacedItem<Item>[]> {
    const sums = new Map<string, { readonly key: string; readonly currency: string; readonly sums: bigint[] }>();
    const dimension = isPeriod(selection.by) || selection.by === 'channel' ? base : selection.by;
    for await (const { currency, ...part } of this.#parts(model.name, selection)) {
      if (part.dimension !== dimension) continue;
      const key = keyOf(part, selection);
      const id = `${currency} ${key}`;
      const sum = sums.get(id);
      if (sum === undefined) sums.set(id, { key, currency, sums: [...part.sums] });
      else part.sums.forEach((amount, at) => (sum.sums[at] = (sum.sums[at] ?? 0n) + amount));
    }
    return [...sums.values()].map(({ key, currency, sums: added }) => {
      const named = Object.fromEntries(model.sums.map((sum, at) => [sum, added[at] ?? 0n])) as Record<Sum, bigint>;
      return { key, currency, item: itemOf(named, { key, currency }) };
    });
  }

  /** What was counted in the span, quarter by quarter. */
  async *#parts(model: string, { span, currency, channel }: ReportSelection): AsyncGenerator<CountedPart> {
    const range = rangeOf(span, HOUR.length);
    const scan = { collection: model, index: 'by-hour', range, keyOf: ({ hour }: TallyDocument) => [hour] };
    for await (const { doc } of documentsIn<TallyDocument>(this.store, scan)) {
      if (currency !== undefined && doc.currency !== currency) continue;
      const parts = [...talliedParts(doc)].filter(
        (part) => isWithin(span, part.at) && (channel === undefined || part.channel === channel),
      );
      for (const part of parts) yield { ...part, currency: doc.currency };
    }
  }
}

const HOUR = 'YYYY-MM-DDTHH';

interface CountedPart extends TalliedPart {
  readonly currency: string;
}

function keyOf({ at, channel, key }: TalliedPart, { by, days }: ReportSelection): string {
  if (isPeriod(by)) return periodOf(by, days.dayOf(at));
  return by === 'channel' ? channel : key;
}
