import { QueryChoice, QueryDay, QueryFilter } from '../../infra/http/index.js';
import { SALES_DIMENSIONS } from '../../projections/sales/index.js';
import type { SalesDimension } from '../../projections/sales/index.js';
import { ListParams } from '../shared/index.js';

export class SalesReportParams extends ListParams {
  @QueryChoice(SALES_DIMENSIONS, { required: true })
  readonly by!: SalesDimension;

  /** First and last day that counts, UTC, inclusive. */
  @QueryDay()
  readonly from?: string;

  @QueryDay()
  readonly to?: string;

  /** ISO 4217; all currencies where it is not said. */
  @QueryFilter({ max: 3 })
  readonly currency?: string;
}
