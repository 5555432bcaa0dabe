import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { Page } from '../../infra/http/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import { customerOrdersReadModel, customerParts, firstOrderOf } from '../../projections/sales/index.js';
import type { CustomerDay, CustomerPart, FirstOrder } from '../../projections/sales/index.js';
import { isWithin, periodOf } from '../shared/index.js';
import type { PlacedItem, ReportSelection } from '../shared/index.js';
import { documentsIn, rangeOf } from './documents-in.js';
import type { CustomersItem } from './report-items.js';
import { keyIn, Reports, SumsByKey, type AskedReport, type Reporting } from './reports.js';

const DAY = 'YYYY-MM-DD';
/** How many days of customers are looked at before their first orders are. */
const AT_ONCE = 500;
const { name: MODEL } = customerOrdersReadModel;

interface Ordered {
  new: number;
  returning: number;
  orders: number;
  revenue: bigint;
}

async function customers(
  store: ReadModelStore,
  selection: ReportSelection,
): Promise<readonly PlacedItem<CustomersItem>[]> {
  const sums = new SumsByKey((): Ordered => ({ new: 0, returning: 0, orders: 0, revenue: 0n }));
  for await (const { part, first } of partsIn(store, selection)) {
    const cohort = first === undefined ? '' : periodOf('month', selection.days.dayOf(first.at));
    const sum = sums.of(keyIn(selection, part, cohort), part.currency);
    const [confirmed, orders, revenue] = part.count;
    const isFirst = first?.at === part.at && first.channel === part.channel && first.currency === part.currency;
    sum.new += isFirst ? 1 : 0;
    sum.returning += confirmed - (isFirst ? 1 : 0);
    sum.orders += orders;
    sum.revenue += BigInt(revenue);
  }
  return sums.items(({ key, currency, value: { revenue, ...counts } }) => ({
    key,
    ...counts,
    revenue: { amount: revenue, currency },
  }));
}

interface OrderedPart {
  readonly part: CustomerPart;
  /** Where the customer's first order counts; undefined where all that is known of them was cancelled before it was counted. */
  readonly first: FirstOrder['first'] | undefined;
}

async function* partsIn(store: ReadModelStore, selection: ReportSelection): AsyncGenerator<OrderedPart> {
  const range = rangeOf(selection.span, DAY.length);
  const scan = { collection: MODEL, index: 'by-day', range, keyOf: ({ day }: CustomerDay) => [day] };
  let days: CustomerDay[] = [];
  for await (const { doc } of documentsIn<CustomerDay>(store, scan)) {
    days.push(doc);
    if (days.length < AT_ONCE) continue;
    yield* withFirst(store, days, selection);
    days = [];
  }
  yield* withFirst(store, days, selection);
}

async function* withFirst(
  store: ReadModelStore,
  days: readonly CustomerDay[],
  { span, currency, channel }: ReportSelection,
): AsyncGenerator<OrderedPart> {
  const ids = [...new Set(days.map(({ customer }) => firstOrderOf(customer)))];
  const found = await store.getMany<FirstOrder>(MODEL, ids);
  for (const day of days) {
    const first = found.get(firstOrderOf(day.customer))?.doc.first;
    for (const part of customerParts(day)) {
      const isOther = (currency ?? part.currency) !== part.currency || (channel ?? part.channel) !== part.channel;
      if (!isOther && isWithin(span, part.at)) yield { part, first };
    }
  }
}

const reporting: Reporting<CustomersItem> = { report: 'customers', model: MODEL, items: customers };

/** New and returning customers and what they order, by the time of the order or of the first one. */
export class ReportCustomers extends Query<Page<CustomersItem>> {
  constructor(readonly asked: AskedReport) {
    super();
  }
}

@QueryHandler(ReportCustomers)
export class ReportCustomersHandler implements IQueryHandler<ReportCustomers> {
  constructor(private readonly reports: Reports) {}

  /** @throws ProblemError 400 naming the field, READ_MODEL.PARKED */
  execute({ asked }: ReportCustomers): Promise<Page<CustomersItem>> {
    return this.reports.page(reporting, asked);
  }
}
