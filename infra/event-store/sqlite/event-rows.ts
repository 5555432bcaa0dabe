import type { HashedEvent } from './event-hash.js';
import { chained, hashOf } from './event-hash.js';
import { packEventId, packMetadata, type Packed, type StoredId } from './event-columns.js';
import type { Connection } from './log-file.js';
import { Names, type StoredName } from './names.js';
import { StreamHeads, type StreamHead } from './stream-heads.js';
import type { SubmittedEvent } from './submitted-append.js';

const INSERT = `
  INSERT INTO events (position, stream, revision, at, type, id,
    command, correlation, causation, actor, traceparent, request_hash, hash, data)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

type Name = StoredName | bigint;
type InsertRow = [
  ...place: [position: number, stream: number, revision: number, at: number, type: Name, id: StoredId],
  ...cause: [Packed, Packed | null, Packed | null, Name, Packed | null, Packed | null],
  ...content: [hash: Buffer, data: string],
];

interface HeadRow {
  readonly position: number;
  readonly chain: Buffer;
}

export interface Added {
  /** Of the last event. */
  readonly revision: number;
  readonly position: number;
}

/** Adds events to the log, within the transactions of the one who writes: rows, hashes and the ends of streams and log. */
export class EventRows {
  readonly names: Names;
  readonly #heads: StreamHeads;
  readonly #insert;
  readonly #dataVersion;
  readonly #head;
  readonly #moveHead;
  #version = -1;
  #position = 0;
  #chain = '';
  #hasGrown = false;

  constructor(db: Connection) {
    this.names = new Names(db);
    this.#heads = new StreamHeads(db, this.names);
    this.#insert = db.prepare<InsertRow>(INSERT);
    this.#dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck();
    this.#head = db.prepare<[], HeadRow>('SELECT position, chain FROM head');
    this.#moveHead = db.prepare<[number, Buffer]>('UPDATE head SET position = ?, chain = ?');
  }

  /** Position of the log's last event; 0 when it is empty. */
  get position(): number {
    return this.#position;
  }

  /** To be called first in each transaction; true when another connection has written since the last. */
  begin(): boolean {
    this.#hasGrown = false;
    const version = this.#dataVersion.get() ?? 0;
    if (version === this.#version) return false;
    this.forget();
    this.#version = version;
    const head = this.#head.get();
    this.#position = head?.position ?? 0;
    this.#chain = head?.chain.toString('hex') ?? '';
    this.names.refresh();
    return true;
  }

  /** What the transaction changed is undone. */
  forget(): void {
    this.#version = -1;
    this.#heads.forget();
    this.names.forget();
  }

  headOf(stream: string): StreamHead {
    return this.#heads.of(stream);
  }

  /** After the stream's last event. @param at milliseconds since 1970, of the event with that index */
  add(stream: string, events: readonly SubmittedEvent[], at: (index: number) => number): Added {
    const head = this.#heads.of(stream);
    const hashed = events.map((event, index) => this.#hash(head, { ...event, stream, at: at(index) }));
    this.#hasGrown = true;
    const id = this.#heads.move(stream, head);
    let ofCommand = 0;
    hashed.forEach((event, index) => {
      const { commandId } = event.metadata;
      ofCommand = hashed[index - 1]?.metadata.commandId === commandId ? ofCommand + 1 : 0;
      this.#write(id, event, ofCommand);
    });
    return { revision: head.revision, position: this.#position };
  }

  /** To be called last in each transaction. */
  end(): void {
    if (this.#hasGrown) this.#moveHead.run(this.#position, Buffer.from(this.#chain, 'hex'));
  }

  #hash(head: StreamHead, event: Omit<HashedEvent, 'revision' | 'position'>): HashedEvent & { hash: string } {
    head.revision += 1;
    this.#position += 1;
    const placed = { ...event, revision: head.revision, position: this.#position };
    head.hash = hashOf(head.hash, placed);
    this.#chain = chained(this.#chain, head.hash);
    return { ...placed, hash: head.hash };
  }

  #write(stream: number, event: HashedEvent & { hash: string }, ofCommand: number): void {
    const { position, revision, at, type, id, metadata, hash, data } = event;
    this.#insert.run(
      position,
      stream,
      revision,
      at,
      this.names.store(type),
      packEventId(id, metadata.commandId, ofCommand),
      ...packMetadata(metadata, this.names),
      Buffer.from(hash, 'hex'),
      data,
    );
  }
}
