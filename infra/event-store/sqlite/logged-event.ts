import { idOfKey, type EventKey } from '../event-ids.js';
import type { EventMetadata, RecordedEvent } from '../event-store.js';
import type { CommittedEvent } from './committed-event.js';
import { unpackCause, unpackKey, type ReadColumn } from './event-columns.js';
import type { EventContent } from './event-hash.js';
import { unpackData, type PackedData } from './packed-data.js';
import type { Names, StoredName } from './names.js';

/** Columns of an event as they are read. */
export type EventRow = readonly [
  position: number,
  stream: string,
  revision: number,
  at: number,
  type: StoredName,
  data: PackedData,
  key: number | ReadColumn,
  actor: StoredName,
  cause: ReadColumn,
];

/** An event that was read from the file; what takes work to read is worked out when somebody looks. */
export class LoggedEvent implements CommittedEvent, EventContent {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly at: number;
  readonly type: string;
  recorded?: RecordedEvent;
  readonly #actor: string;
  #data: string | undefined;
  #id: string | undefined;
  #metadata: EventMetadata | undefined;

  /** A name that is new to this connection is read here: whoever looks at the event later may have closed it. */
  constructor(
    private readonly row: EventRow,
    names: Names,
  ) {
    [this.position, this.stream, this.revision, this.at] = row;
    this.type = names.nameOf(row[4]);
    this.#actor = names.nameOf(row[7]);
  }

  get data(): string {
    return (this.#data ??= unpackData(this.row[5]));
  }

  get key(): EventKey {
    return unpackKey(this.row[6]);
  }

  get id(): string {
    return (this.#id ??= idOfKey(this.key, this.metadata.commandId));
  }

  get metadata(): EventMetadata {
    return (this.#metadata ??= unpackCause(this.row[8], this.#actor));
  }
}
