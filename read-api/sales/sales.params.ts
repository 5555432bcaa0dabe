import { CurrencyCode, Described, QueryChoice, QueryDay } from '../../infra/http/index.js';
import { SALES_DIMENSIONS } from '../../projections/sales/index.js';
import type { SalesDimension } from '../../projections/sales/index.js';
import { ListParams } from '../shared/index.js';

export class SalesReportParams extends ListParams {
  @Described('What the report is grouped by.', 'day')
  @QueryChoice(SALES_DIMENSIONS, { required: true })
  readonly by!: SalesDimension;

  @Described('First UTC day that counts.', '2026-03-01')
  @QueryDay()
  readonly from?: string;

  @Described('Last UTC day that counts.', '2026-03-31')
  @QueryDay()
  readonly to?: string;

  @Described('ISO 4217; every currency where it is not said.', 'USD')
  @CurrencyCode({ optional: true })
  readonly currency?: string;
}
