import type { JsonObject } from '../../../domain/shared/index.js';
import type { EventMetadata, EventText, RecordedEvent } from '../event-store.js';
import { positionOfNumber } from '../../shared/position.js';
import type { EventPlace } from './event-hash.js';
import { idOf, type SubmittedEvent } from './submitted-append.js';

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

/** An event of this process's own commits; its id is worked out where somebody looks. */
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

/** The same with its JSON as it is, for who wants all the rest at once. */
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

/** RFC 3339. Events of one commit share their time and come one after the other. */
export function timeOf(milliseconds: number): string {
  if (milliseconds !== lastTime) {
    lastTime = milliseconds;
    lastText = new Date(milliseconds).toISOString();
  }
  return lastText;
}
