import { count, jsonObject, listOf, named, nullable, object, text, time } from '../../domain/shared/schema.js';
import type { Of } from '../../domain/shared/schema.js';
import { recordedEvent } from '../shared/index.js';

const { type } = recordedEvent;

export const EventTypeRow = named(
  'EventTypeRow',
  object(
    {
      type,
      count: count('Events of this type in the log.', 1_204),
      first: time('When the first of them was recorded.'),
      last: time('When the last of them was recorded.'),
    },
    'A type that the log has events of.',
  ),
);
export type EventTypeRow = Of<typeof EventTypeRow>;

export const EventType = named(
  'EventType',
  object(
    {
      type,
      schema: jsonObject(
        'JSON Schema (2020-12) of `data` as the feed shows it: what it hides from a reader may be null there.',
        { type: 'object', properties: { orderId: { type: 'string' } }, required: ['orderId'] },
      ),
      example: jsonObject('Made-up `data`, with what is personal in clear.', { orderId: '0Q7B2M4N6P8R' }),
      personal: listOf(text(), 'JSON Pointers to what is null in the feed of an analyst.', ['/personal']),
      producers: listOf(text(), 'The parts of the engine that record it.', ['domain/order']),
      consumers: listOf(text(), 'The sagas, read models and interfaces that take it.', ['projections/order']),
      upcast: nullable(text(), 'The type that the feed shows it as, where its shape is of an older version.', null),
    },
    'What is known of a type of events.',
  ),
);
export type EventType = Of<typeof EventType>;
