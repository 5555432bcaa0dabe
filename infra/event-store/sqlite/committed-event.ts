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
  readonly metadata: string;
}

export const toRecorded = (event: CommittedEvent): RecordedEvent => ({
  id: event.id,
  stream: event.stream,
  revision: event.revision,
  position: positionOfNumber(event.position),
  at: timeOf(event.at),
  type: event.type,
  data: JSON.parse(event.data) as JsonObject,
  metadata: JSON.parse(event.metadata) as EventMetadata,
});

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
