import { named, object, text } from '../../domain/shared/schema.js';
import type { Of } from '../../domain/shared/schema.js';
import { recordedEvent } from '../shared/index.js';

/** One thing that happened, with who did it and why. */
export const HistoryEntry = named(
  'HistoryEntry',
  object(
    {
      ...recordedEvent,
      eventId: text('Id of the event.', '3f0d5a8e-27a1-5a0f-8d6c-0e9d4a1b2c3d'),
      title: text('What happened, in words.', 'Refund of 0.50 USD requested: bruised'),
    },
    'Something that touched the order.',
  ),
);
export type HistoryEntry = Of<typeof HistoryEntry>;
