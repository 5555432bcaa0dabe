import { named, object, text } from '../../domain/shared/schema.js';
import { recordedEvent } from '../shared/index.js';

export const EventLine = named(
  'EventLine',
  object(
    {
      ...recordedEvent,
      id: text('Id of the event.', '3f0d5a8e-27a1-5a0f-8d6c-0e9d4a1b2c3d'),
      category: text('What stands before the first `-` of the stream.', 'order'),
    },
    'One line of the feed. `from` goes on after its `position`.',
  ),
);

/** The members that a line may be narrowed to. */
export const LINE_MEMBERS: readonly string[] = Object.keys(EventLine.fields);
