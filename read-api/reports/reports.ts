import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import type { Page } from '../../infra/http/index.js';
import { READ_MODEL_STORE } from '../../infra/read-model-store/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import {
  isPeriod,
  pageOfReport,
  ParkedDocuments,
  parkedProblem,
  periodOf,
  reportName,
  selectionOf,
} from '../shared/index.js';
import type { PlacedItem, ReportForm, ReportRequest, ReportSelection } from '../shared/index.js';

/** A report as it is asked for. */
export interface AskedReport {
  readonly request: ReportRequest;
  readonly form: ReportForm;
}

/** How a report comes about from the documents of its read model. */
export interface Reporting<Item> {
  readonly report: string;
  readonly model: string;
  readonly items: (store: ReadModelStore, selection: ReportSelection) => Promise<readonly PlacedItem<Item>[]>;
}

/** Answers reports, whatever they add up: a page of one, or all of it as a table. */
@Injectable()
export class Reports {
  constructor(
    @Inject(READ_MODEL_STORE) private readonly store: ReadModelStore,
    private readonly parked: ParkedDocuments,
    @Inject(EVENT_STORE) private readonly log: Pick<EventStore, 'logId'>,
  ) {}

  /** @throws ProblemError 400 naming the field, READ_MODEL.PARKED where an event could not be counted */
  async page<Item>({ report, model, items }: Reporting<Item>, { request, form }: AskedReport): Promise<Page<Item>> {
    const selection = await selectionOf(request);
    if ((await this.parked.keys(model)).size > 0) throw parkedProblem(model);
    const name = reportName(report, request, this.log);
    return pageOfReport(await items(this.store, selection), { name, request, form });
  }
}

/** The key that what was at a time in a channel has in a report by time or channel; in others `own`. */
export function keyIn(
  { by, days }: ReportSelection,
  what: { readonly at: string; readonly channel: string },
  own = '',
): string {
  if (isPeriod(by)) return periodOf(by, days.dayOf(what.at));
  return by === 'channel' ? what.channel : own;
}

interface Sum<T> {
  readonly key: string;
  readonly currency: string;
  readonly value: T;
}

/** Sums by key and currency. */
export class SumsByKey<T> {
  readonly #sums = new Map<string, Sum<T>>();

  constructor(private readonly nothing: () => T) {}

  of(key: string, currency: string): T {
    const id = `${currency} ${key}`;
    let sum = this.#sums.get(id);
    if (sum === undefined) this.#sums.set(id, (sum = { key, currency, value: this.nothing() }));
    return sum.value;
  }

  items<Item>(itemOf: (sum: Sum<T>) => Item): readonly PlacedItem<Item>[] {
    return Array.from(this.#sums.values(), (sum) => ({ key: sum.key, currency: sum.currency, item: itemOf(sum) }));
  }
}
