import type { EventMetadata, RecordedEvent } from '../event-store.js';
import type { CommittedEvent } from './committed-event.js';
import { unpackEventId, unpackMetadata, type ReadColumn, type ReadMetadata } from './event-columns.js';
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
  id: number | ReadColumn,
  ...metadata: ReadMetadata,
];

/** An event that was read from the file; what takes work to read is worked out when somebody looks. */
export class LoggedEvent implements CommittedEvent {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly at: number;
  readonly type: string;
  recorded?: RecordedEvent;
  #data: string | undefined;
  #id: string | undefined;
  #metadata: EventMetadata | undefined;

  constructor(
    private readonly row: EventRow,
    private readonly names: Names,
  ) {
    [this.position, this.stream, this.revision, this.at] = row;
    this.type = names.nameOf(row[4]);
  }

  get data(): string {
    return (this.#data ??= unpackData(this.row[5]));
  }

  get id(): string {
    return (this.#id ??= unpackEventId(this.row[6], () => this.metadata.commandId));
  }

  get metadata(): EventMetadata {
    return (this.#metadata ??= unpackMetadata(metadataOf(this.row), this.names));
  }
}

const metadataOf = ([, , , , , , , ...metadata]: EventRow): ReadMetadata => metadata;
