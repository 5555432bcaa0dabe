import {
  Described,
  QueryChoice,
  QueryEmail,
  QueryFilter,
  QueryFlag,
  QueryMoment,
  QueryText,
} from '../../infra/http/index.js';
import { ORDER_STATUSES } from '../../domain/order/index.js';
import type { OrderStatus } from '../../domain/order/index.js';
import { AsOfParam, ListParams } from '../shared/index.js';

/** Which orders; filters are joined by and. */
export class OrderListParams extends ListParams {
  @Described('Orders that have come so far.', 'confirmed')
  @QueryChoice(ORDER_STATUSES)
  readonly status?: OrderStatus;

  @Described('Of the buyer, in any case.', 'ada@example.com')
  @QueryEmail()
  readonly email?: string;

  @Described('Orders with a line of this SKU.', '1000237')
  @QueryFilter()
  readonly sku?: string;

  @Described("The client's own reference, of which there may be several.", 'basket-7')
  @QueryFilter()
  readonly reference?: string;

  @Described('The whole number, in any case, with or without its dashes.', 'C4MA-H2G5-G4ZE-2')
  @QueryFilter({ max: 50 })
  readonly orderNumber?: string;

  @Described('True: orders that need a person; false: those that need nobody.', true)
  @QueryFlag()
  readonly attention?: boolean;

  @Described('Placed at or after: an RFC 3339 time, or a UTC day from its beginning.', '2026-03-01')
  @QueryMoment()
  readonly from?: string;

  @Described('Placed at or before: an RFC 3339 time, or a UTC day as a whole.', '2026-03-31')
  @QueryMoment()
  readonly to?: string;
}

export class OrderParams {
  @AsOfParam()
  readonly asOf?: string;

  @Described('Opens the order instead of a bearer credential.')
  @QueryText()
  readonly accessToken?: string;
}

const MOMENT = 'a revision of the order (its ETag), or an RFC 3339 time';

export class OrderDiffParams {
  @AsOfParam({ description: `the earlier moment: ${MOMENT}`, optional: false })
  readonly from!: string;

  @AsOfParam({ description: `the later one, which may be the same: ${MOMENT}; now where it is not said` })
  readonly to?: string;
}
