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
  @Described(
    'What the order is found by: its number, e-mail, name, reference, a SKU, parcel’s or postal code, its payment; typos in names are forgiven. The ' +
      'best come first.',
    'ada byron',
  )
  @QueryFilter({ max: 200 })
  readonly q?: string;

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

export class OrderHistoryParams extends ListParams {
  @Described('What happened in this stream alone, such as `payment-{paymentId}`.', 'order-0Q7B2M4N6P8R')
  @QueryFilter()
  readonly stream?: string;
}

export class OrderDiffParams {
  @Described('The earlier moment: a revision of the order (its ETag), or an RFC 3339 time.', '3')
  @AsOfParam({ optional: false })
  readonly from!: string;

  @Described('The later one, in the same way; it may be the same. Now where it is not said.')
  @AsOfParam()
  readonly to?: string;
}
