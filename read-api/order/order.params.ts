import { QueryChoice, QueryEmail, QueryFilter, QueryFlag, QueryMoment, QueryText } from '../../infra/http/index.js';
import { ORDER_STATUSES } from '../../projections/order/index.js';
import type { OrderStatus } from '../../projections/order/index.js';
import { AsOfParams, ListParams } from '../shared/index.js';

/** Which orders; filters are joined by and. */
export class OrderListParams extends ListParams {
  @QueryChoice(ORDER_STATUSES)
  readonly status?: OrderStatus;

  /** In any spelling: case, Unicode composition and the form of the domain make no difference. */
  @QueryEmail()
  readonly email?: string;

  /** Orders with a line of this SKU. */
  @QueryFilter()
  readonly sku?: string;

  @QueryFilter()
  readonly reference?: string;

  /** The whole number, in any case, with or without its dashes. */
  @QueryFilter({ max: 50 })
  readonly orderNumber?: string;

  /** Orders that need a person (`true`), or those that need nobody. */
  @QueryFlag()
  readonly attention?: boolean;

  /** Placed at or after; a day means its beginning, UTC. */
  @QueryMoment()
  readonly from?: string;

  /** Placed at or before; a day is meant as a whole, UTC. */
  @QueryMoment()
  readonly to?: string;
}

export class OrderParams extends AsOfParams {
  /** Opens the order instead of a bearer credential. */
  @QueryText()
  readonly accessToken?: string;
}
