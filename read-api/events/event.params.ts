import { Described, field, QueryFilter, QueryFlag, QueryInteger, QueryTime } from '../../infra/http/index.js';
import { LINE_MEMBERS } from './event-line.js';

const MOST = 1_000_000_000;

const QueryMatch = (pattern: RegExp, message: string, description: string): PropertyDecorator =>
  field({
    name: 'isMatching',
    schema: { type: 'string', pattern: pattern.source, description },
    test: (value) => typeof value === 'string' && pattern.test(value),
    message,
    optional: true,
  });

const unknownIn = (value: unknown): readonly string[] =>
  typeof value === 'string' ? value.split(',').filter((name) => !LINE_MEMBERS.includes(name)) : [];

/** A list of members of a line, joined by commas. */
const QueryLineMembers = (): PropertyDecorator =>
  field({
    name: 'areLineMembers',
    schema: { type: 'string', pattern: `^(${LINE_MEMBERS.join('|')})(,(${LINE_MEMBERS.join('|')}))*$` },
    test: (value) => typeof value === 'string' && unknownIn(value).length === 0,
    message: (value) =>
      `must be members of a line, joined by commas (${LINE_MEMBERS.join(', ')}); it has none that is called ` +
      `${unknownIn(value)
        .map((name) => `\`${name}\``)
        .join(', ')}`,
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

  @Described('Of all that one request set off.', '0b6c8b4e-1d3f-4f0a-9b7e-2a5f4f6f1c11')
  @QueryFilter()
  readonly correlationId?: string;

  @Described(
    'Done by this actor, as lines show it: `saga:checkout`, `anonymous`, `customer:{customerId}`.',
    'saga:checkout',
  )
  @QueryFilter()
  readonly actor?: string;

  @Described('Recorded at this time or later.', '2026-03-01T00:00:00Z')
  @QueryTime()
  readonly since?: string;

  @Described('Recorded before this time; with `live` the answer ends then.', '2026-04-01T00:00:00Z')
  @QueryTime()
  readonly until?: string;

  @Described('The members of a line that are answered, joined by commas; all where it is not said.', 'position,type,at')
  @QueryLineMembers()
  readonly fields?: string;

  @Described('Whether the answer goes on with what is recorded later.', true)
  @QueryFlag()
  readonly live: boolean = false;

  @Described('Most events to answer; all where it is not said.', 100)
  @QueryInteger({ min: 1, max: MOST })
  readonly limit?: number;
}
