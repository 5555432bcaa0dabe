import { Described, QueryChoice } from '../../infra/http/index.js';
import { SALES_DIMENSIONS } from '../../projections/sales/index.js';
import type { SalesDimension } from '../../projections/sales/index.js';
import { ReportParams } from '../shared/index.js';

export class SalesReportParams extends ReportParams {
  @Described('What the report is grouped by.', 'day')
  @QueryChoice(SALES_DIMENSIONS, { required: true })
  readonly by!: SalesDimension;
}
