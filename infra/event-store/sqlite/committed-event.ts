import type { JsonObject } from '../../../domain/shared/index.js';
import type { EventMetadata, EventText, RecordedEvent } from '../event-store.js';
import { positionOfNumber } from '../../shared/position.js';
import type { EventPlace } from '../chain/event-hash.js';
import { idOf, type SubmittedEvent } from './submitted-append.js';

/** An event of the log, whose JSON stays text until a reader asks for it. */
export interface CommittedEvent {
  readonly position: number;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly type: string;
  readonly data: string;
  readonly metadata: EventMetadata;
  /** The event that readers of this thread share. */
  recorded?: RecordedEvent;
}

/** An event that this process has committed; its id is computed when a reader asks for it. */
export class AppendedEvent implements CommittedEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly at: number;
  readonly type: string;
  readonly data: string;
  readonly metadata: EventMetadata;
  recorded?: RecordedEvent;
  #id: string | undefined;

  constructor(
    private readonly event: SubmittedEvent,
    place: EventPlace,
  ) {
    ({ stream: this.stream, revision: this.revision, position: this.position, at: this.at } = place);
    ({ type: this.type, data: this.data, metadata: this.metadata } = event);
  }

  get id(): string {
    return (this.#id ??= idOf(this.event));
  }
}

/**
 * Makes the event for readers. Its JSON is parsed on first access, once for all readers of this thread, who must not change it: of
 * most events followers look at the type alone.
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

/** Makes the event with its JSON as text, for readers that need all other members at once. */
export const toText = ({ id, stream, revision, position, at, type, metadata, data }: CommittedEvent): EventText => ({
  id,
  stream,
  revision,
  position: positionOfNumber(position),
  at: timeOf(at),
  type,
  metadata,
  text: data,
});

let lastTime = 0;
let lastText = new Date(0).toISOString();

/** Formats a time as RFC 3339. Events of one commit follow each other and share their time, so the last text is kept. */
export function timeOf(milliseconds: number): string {
  if (milliseconds !== lastTime) {
    lastTime = milliseconds;
    lastText = new Date(milliseconds).toISOString();
  }
  return lastText;
}
