import { Described, field, QueryDay, QueryFilter, QueryText, QueryTimeZone } from '../../infra/http/index.js';
import { pointerNames } from '../../infra/shared/json-pointer.js';
import { AsOfParam } from '../shared/index.js';

const MOST = 1_000;

const PointerParam = (): PropertyDecorator =>
  field({
    name: 'isJsonPointer',
    schema: { type: 'string', maxLength: MOST, pattern: '^(/.*)?$' },
    test: (value) => typeof value === 'string' && value.length <= MOST && pointerNames(value) !== null,
    message: 'must be a JSON Pointer such as /totals/total',
  });

/** Which field of which document. */
export class ExplainParams {
  @Described(
    'What stands in the address of the document after `/v1/`: `orders/{id}`, `payments/{id}`, `carts/{id}`, `inventory/{sku}`, ' +
      '`gift-cards/by-id/{id}`, or `reports/{report}/{by}/{key}/{currency}` (that of stock-outs ends with the key), each segment percent-encoded.',
    'orders/0Q7B2M4N6P8R',
  )
  @QueryText({ max: MOST, required: true, blank: false })
  readonly resource!: string;

  @Described('JSON Pointer to the field of the document as support is answered it.', '/totals/total')
  @PointerParam()
  readonly field!: string;

  @AsOfParam()
  readonly asOf?: string;

  @Described('Of an item of a report: the first day that it counts.', '2026-03-01')
  @QueryDay()
  readonly from?: string;

  @Described('Of an item of a report: the last day that it counts.', '2026-03-31')
  @QueryDay()
  readonly to?: string;

  @Described('Of an item of a report: whose days it counts by; UTC where it is not said.', 'America/New_York')
  @QueryTimeZone()
  readonly timeZone?: string;

  @Described('Of an item of a report: the channel that it counts; every channel where it is not said.', 'default')
  @QueryFilter()
  readonly channel?: string;
}
