import { count, jsonObject, nullable, text, time } from '../../domain/shared/schema.js';

/** What every answer tells of a recorded event. */
export const recordedEvent = {
  position: text('Place in the log; opaque.', '0000000000000042'),
  stream: text('Such as `order-{orderId}`.', 'order-0Q7B2M4N6P8R'),
  revision: count('Place in its stream, from 0.', 1),
  type: text('What happened, with the version of its shape.', 'order.confirmed.v1'),
  at: time('When it was recorded.'),
  actor: text('Who did it, such as `customer:SUB`, `anonymous` or `saga:checkout`.', 'saga:checkout'),
  commandId: text('The command that it came of.', '6d9f6a52-8d0e-5b6c-9b51-2f3f1c0f7a10'),
  correlationId: text('The same for all that one request set off.', '0b6c8b4e-1d3f-4f0a-9b7e-2a5f4f6f1c11'),
  causationId: nullable(text(), 'The business event that caused the command; null where a request did.', null),
  data: jsonObject(
    'What happened, by its type. Personal data are null once forgotten, in the feed for analysts always; a means of ' +
      'payment is null to everybody.',
    { orderId: '0Q7B2M4N6P8R' },
  ),
};
