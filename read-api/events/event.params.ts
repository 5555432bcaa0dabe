import { Described, field, QueryFilter, QueryFlag, QueryInteger } from '../../infra/http/index.js';

const MOST = 1_000_000_000;

const QueryMatch = (pattern: RegExp, message: string, description: string): PropertyDecorator =>
  field({
    name: 'isMatching',
    schema: { type: 'string', pattern: pattern.source, description },
    test: (value) => typeof value === 'string' && pattern.test(value),
    message,
    optional: true,
  });

/** Which events; filters are joined by and. */
export class EventStreamParams {
  @QueryMatch(
    /^([0-9a-f]{8}\.)?[\d-]{1,50}$/,
    'must be a position',
    'exclusive: the last position that you have; none: the beginning',
  )
  readonly from?: string;

  @Described('Events of this stream, such as `order-{orderId}`.', 'order-0Q7B2M4N6P8R')
  @QueryFilter()
  readonly stream?: string;

  @QueryMatch(
    /^[a-z][a-z0-9]{0,63}$/,
    'must be a category, such as order',
    'what stands before the first `-` of a stream',
  )
  readonly category?: string;

  @QueryMatch(
    /^[a-z][a-z0-9.-]{0,98}\.v\d{1,4}$/,
    'must be a type with its version, such as order.confirmed.v1',
    'such as `order.confirmed.v1`',
  )
  readonly type?: string;

  @Described('Whether the answer goes on with what is recorded later.', true)
  @QueryFlag()
  readonly live: boolean = false;

  @Described('Most events to answer; all where it is not said.', 100)
  @QueryInteger({ min: 1, max: MOST })
  readonly limit?: number;
}
