import { Described, QueryChoice } from '../../infra/http/index.js';
import { PERIODS, ReportParams } from '../shared/index.js';

const BY_TIME = [...PERIODS, 'channel'] as const;
const BY_PROVIDER = [...BY_TIME, 'provider'] as const;
const BY_TAX = [...BY_TIME, 'country', 'zone', 'rate'] as const;
const BY_CUSTOMER = [...BY_TIME, 'cohort'] as const;
const BY_STOCK = [...PERIODS, 'sku'] as const;
const GROUPED = 'What the report is grouped by.';

export class ProviderReportParams extends ReportParams {
  @Described(GROUPED, 'day')
  @QueryChoice(BY_PROVIDER, { required: true })
  readonly by!: (typeof BY_PROVIDER)[number];
}

export class TaxReportParams extends ReportParams {
  @Described(GROUPED, 'rate')
  @QueryChoice(BY_TAX, { required: true })
  readonly by!: (typeof BY_TAX)[number];
}

export class CartReportParams extends ReportParams {
  @Described(GROUPED, 'day')
  @QueryChoice(BY_TIME, { required: true })
  readonly by!: (typeof BY_TIME)[number];
}

export class CustomerReportParams extends ReportParams {
  @Described('What the report is grouped by; `cohort`: the month of the first order of who ordered.', 'cohort')
  @QueryChoice(BY_CUSTOMER, { required: true })
  readonly by!: (typeof BY_CUSTOMER)[number];
}

export class StockReportParams extends ReportParams {
  @Described(GROUPED, 'sku')
  @QueryChoice(BY_STOCK, { required: true })
  readonly by!: (typeof BY_STOCK)[number];
}
