import { anyJson, listOf, named, object, optional, text } from '../../domain/shared/schema.js';
import type { Of } from '../../domain/shared/schema.js';
import { recordedEvent } from '../shared/index.js';

const ResourceChange = named(
  'ResourceChange',
  object(
    {
      resource: text('The document, as it stands in its address after `/v1/`.', 'orders/0Q7B2M4N6P8R'),
      path: text('JSON Pointer; places in lists are those before the change.', '/payment/status'),
      before: optional(anyJson('Absent where there was nothing.', 'authorized')),
      after: optional(anyJson('Absent where there is nothing any more.', 'captured')),
    },
    'What an event changed of a document.',
  ),
);

/** One thing that happened, with who did it and why. */
export const HistoryEntry = named(
  'HistoryEntry',
  object(
    {
      ...recordedEvent,
      eventId: text('Id of the event.', '3f0d5a8e-27a1-5a0f-8d6c-0e9d4a1b2c3d'),
      title: text('What happened, in words.', 'Refund of 0.50 USD requested: bruised'),
      actorName: optional(
        text('Who did it, by name; absent where nobody is known by one, or is forgotten.', 'checkout process'),
      ),
      summary: text('The same as the title, with the names of products for their SKUs.', 'Stock reserved: 2 × Tea'),
      changes: listOf(
        ResourceChange,
        'What became of the order, its payment, its cart and the stock of its SKUs; folded one after the other they give each of ' +
          'these documents, without `version`. Of stock, what others did to it since the order’s event before stands first.',
      ),
    },
    'Something that touched the order.',
  ),
);
export type HistoryEntry = Of<typeof HistoryEntry>;
