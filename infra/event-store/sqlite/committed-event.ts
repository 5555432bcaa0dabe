import type { JsonObject } from '../../../domain/shared/index.js';
import type { EventMetadata, RecordedEvent } from '../event-store.js';
import { positionOfNumber } from '../position.js';

/** An event as it stands in the log. Its JSON stays text until someone takes it. */
export interface CommittedEvent {
  readonly position: number;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly type: string;
  readonly data: string;
  readonly metadata: EventMetadata;
  /** What readers of this thread were given. */
  recorded?: RecordedEvent;
}

/**
 * The event as readers see it. Its JSON is parsed when somebody looks, and once for all readers of this thread, who are
 * not to change it: most followers look at the type of most events and at nothing more.
 */
export const toRecorded = (event: CommittedEvent): RecordedEvent => (event.recorded ??= lazily(event));

function lazily(event: CommittedEvent): RecordedEvent {
  let data: JsonObject | undefined;
  return {
    get id() {
      return event.id;
    },
    stream: event.stream,
    revision: event.revision,
    position: positionOfNumber(event.position),
    at: timeOf(event.at),
    type: event.type,
    get data() {
      return (data ??= JSON.parse(event.data) as JsonObject);
    },
    get metadata() {
      return event.metadata;
    },
  };
}

let lastTime = 0;
let lastText = new Date(0).toISOString();

/** RFC 3339. Events of one commit share their time and come one after the other. */
export function timeOf(milliseconds: number): string {
  if (milliseconds !== lastTime) {
    lastTime = milliseconds;
    lastText = new Date(milliseconds).toISOString();
  }
  return lastText;
}
