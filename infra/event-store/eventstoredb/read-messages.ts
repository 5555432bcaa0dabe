import { decode, type RecordedMessage, type StoredEvent } from './event-codec.js';
import { BEGINNING, offsetsOf, positionAt } from './positions.js';
import { WireReader, WireWriter } from './wire.js';

// The messages of Read, as far as they are used here: streams.proto and shared.proto of EventStoreDB.

const NOTHING = new Uint8Array();
const BACKWARDS = 1;

export type Direction = 'forwards' | 'backwards';

/** A part of a stream. */
export interface StreamWindow {
  /** Inclusive. */
  readonly from: number | 'end';
  readonly direction: Direction;
  readonly count: number;
}

/** A part of the log. */
export interface LogPart {
  /** `BEGINNING` and `end` are what they say; a position is inclusive forwards and exclusive backwards. */
  readonly from: string;
  readonly direction: Direction;
  readonly count: number;
}

/** What the server leaves out of a subscription: it takes one condition. */
export interface ServerFilter {
  readonly on: 'streams' | 'types';
  readonly matching: { readonly regex: string } | { readonly prefixes: readonly string[] };
  /** How many events it looks at before it says how far it has come. */
  readonly window: number;
}

export function encodeStreamRead(stream: string, { from, direction, count }: StreamWindow): Buffer {
  return request((options) => {
    options.message(1, (part) => {
      part.message(1, (identifier) => identifier.text(3, stream));
      if (from === 'end') part.bytes(4, NOTHING);
      else part.number(2, from);
    });
    options
      .number(3, direction === 'backwards' ? BACKWARDS : 0)
      .number(5, count)
      .bytes(8, NOTHING);
  });
}

export function encodeLogRead({ from, direction, count }: LogPart): Buffer {
  return request((options) => {
    options.message(2, (part) => writeFrom(part, from));
    options
      .number(3, direction === 'backwards' ? BACKWARDS : 0)
      .number(5, count)
      .bytes(8, NOTHING);
  });
}

/** @param from exclusive, or `BEGINNING` */
export function encodeSubscription(from: string, { on, matching, window }: ServerFilter): Buffer {
  return request((options) => {
    options.message(2, (part) => writeFrom(part, from)).bytes(6, NOTHING);
    options.message(7, (filter) =>
      filter
        .message(on === 'streams' ? 1 : 2, (expression) => {
          if ('regex' in matching) expression.text(1, matching.regex);
          else for (const prefix of matching.prefixes) expression.text(2, prefix);
        })
        .number(3, window)
        .number(5, 1),
    );
  });
}

/** Ids are asked for as text. */
const request = (write: (options: WireWriter) => void): Buffer =>
  new WireWriter(256)
    .message(1, (options) => {
      write(options);
      options.message(9, (uuid) => uuid.bytes(2, NOTHING));
    })
    .finish();

function writeFrom(part: WireWriter, from: string): void {
  if (from === BEGINNING) part.bytes(2, NOTHING);
  else if (from === 'end') part.bytes(3, NOTHING);
  else {
    const { commit, prepare } = offsetsOf(from);
    part.message(1, (position) => position.digits(1, commit).digits(2, prepare));
  }
}

/** An event of anybody. */
export interface ReadEvent {
  readonly revision: number;
  readonly position: string;
  /** Null where it is none of ours: system events, links, and events of other programs, which say nothing of a command. */
  readonly ours: StoredEvent | null;
}

export type ReadMessage =
  | ({ readonly kind: 'event' } & ReadEvent)
  /** Everything up to here was looked at. */
  | { readonly kind: 'checkpoint'; readonly position: string }
  | { readonly kind: 'confirmed' | 'no stream' | 'caught up' | 'fell behind' | 'other' };

export function decodeRead(bytes: Uint8Array): ReadMessage {
  const message = new WireReader(bytes);
  if (!message.next()) return { kind: 'other' };
  switch (message.field) {
    case 1:
      return eventOf(message.message());
    case 2:
      return { kind: 'confirmed' };
    case 3:
      return { kind: 'checkpoint', position: checkpointOf(message.message()) };
    case 4:
      return { kind: 'no stream' };
    case 8:
      return { kind: 'caught up' };
    case 9:
      return { kind: 'fell behind' };
    default:
      return { kind: 'other' };
  }
}

function checkpointOf(checkpoint: WireReader): string {
  let [commit, prepare] = ['0', '0'];
  while (checkpoint.next()) {
    if (checkpoint.field === 1) commit = checkpoint.digits();
    else if (checkpoint.field === 2) prepare = checkpoint.digits();
    else checkpoint.skip();
  }
  return positionAt(commit, prepare);
}

function eventOf(read: WireReader): ReadMessage {
  if (!read.find(1)) return { kind: 'other' };
  const message = recordedOf(read.message());
  const position = positionAt(message.commit, message.prepare);
  return { kind: 'event', revision: message.revision, position, ours: decode(message, position) };
}

function recordedOf(reader: WireReader): RecordedMessage {
  const message: RecordedMessage = {
    id: '',
    stream: '',
    revision: 0,
    prepare: '0',
    commit: '0',
    type: '',
    created: '0',
    isJson: false,
    metadata: NOTHING,
    data: NOTHING,
  };
  while (reader.next()) readField(reader, message);
  return message;
}

function readField(reader: WireReader, message: RecordedMessage): void {
  switch (reader.field) {
    case 1:
      message.id = textIn(reader.message(), 2);
      return;
    case 2:
      message.stream = textIn(reader.message(), 3);
      return;
    case 3:
      message.revision = reader.number();
      return;
    case 4:
      message.prepare = reader.digits();
      return;
    case 5:
      message.commit = reader.digits();
      return;
    case 6:
      readProperty(reader.message(), message);
      return;
    case 7:
      message.metadata = reader.bytes();
      return;
    case 8:
      message.data = reader.bytes();
      return;
    default:
      reader.skip();
  }
}

function readProperty(entry: WireReader, message: RecordedMessage): void {
  let [name, value] = ['', ''];
  while (entry.next()) {
    if (entry.field === 1) name = entry.text();
    else if (entry.field === 2) value = entry.text();
    else entry.skip();
  }
  if (name === 'type') message.type = value;
  else if (name === 'created') message.created = value;
  else if (name === 'content-type') message.isJson = value === 'application/json';
}

const textIn = (message: WireReader, field: number): string => (message.find(field) ? message.text() : '');
