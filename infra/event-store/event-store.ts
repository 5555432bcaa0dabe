import type { JsonObject } from '../../domain/shared/json.js';
import type { LogChain } from './chain/log-chain.js';
import type { Position } from '../shared/position.js';

/** Who did it and why: recorded with every event, so that each can be walked back to its command and actor. */
export interface EventMetadata {
  readonly commandId: string;
  /** The same for everything that one client request set off. */
  readonly correlationId: string;
  /** Id of the business event that caused the command; null for a root command. */
  readonly causationId: string | null;
  /** `customer:SUB`, `admin:SUB`, `anonymous`, `saga:checkout`, `webhook:sandbox`, ... */
  readonly actor: string;
  /** W3C trace context of the request. */
  readonly traceparent?: string;
  /** SHA-256 of the request's body, hex; there where the client sent an Idempotency-Key, to notice its reuse. */
  readonly requestHash?: string;
}

export interface EventToAppend {
  /** UUID; left out where it follows from the command: v5 of the command's id and which one of its events it is. */
  readonly id?: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: EventMetadata;
}

export interface RecordedEvent<Data = JsonObject, Type extends string = string> {
  readonly id: string;
  readonly stream: string;
  /** 0 for the first event of the stream, without gaps. */
  readonly revision: number;
  readonly position: Position;
  /** RFC 3339 UTC with milliseconds, stamped at commit; never goes back along the log. */
  readonly at: string;
  readonly type: Type;
  readonly data: Data;
  readonly metadata: EventMetadata;
}

/** An event whose data are still the JSON text that the log has of them: for those who pass it on. */
export interface EventText extends Omit<RecordedEvent, 'data'> {
  readonly text: string;
}

/** `any` only where a comment at the call says why. */
export type ExpectedRevision = number | 'no-stream' | 'any';

export interface Appended {
  /** Revision of the last event of the batch. */
  readonly revision: number;
  /** Position of the last event of the batch. */
  readonly position: Position;
  /** The batch as recorded; empty when the same batch had been appended before (a resend that adds nothing). */
  readonly events: readonly RecordedEvent[];
}

/** What `append` takes, for one of the streams of `appendAll`. */
export interface StreamBatch {
  readonly stream: string;
  readonly events: readonly EventToAppend[];
  readonly expectedRevision: ExpectedRevision;
}

export interface ReadStreamOptions {
  /** First revision to read (inclusive); default the beginning, or the end when backwards. */
  readonly from?: number;
  readonly direction?: 'forwards' | 'backwards';
  readonly limit?: number;
}

/** Conditions are joined by and; within one list by or. */
export interface EventFilter {
  readonly streams?: readonly string[];
  /** What stands before the first `-` of the stream. */
  readonly categories?: readonly string[];
  readonly types?: readonly string[];
  readonly actors?: readonly string[];
  readonly correlationIds?: readonly string[];
}

export interface ReadAllOptions {
  /** Exclusive: the last position the reader has; null or absent is the beginning (or the end, backwards). */
  readonly from?: Position | null;
  readonly direction?: 'forwards' | 'backwards';
  readonly filter?: EventFilter;
  readonly limit?: number;
}

/** A part of the log: after a position (exclusive; null is the beginning), up to another (inclusive). */
export interface LogRange {
  readonly after: Position | null;
  readonly upTo: Position;
}

/** How often a type was recorded, under the name that it was recorded by. */
export interface TypeCount {
  readonly type: string;
  readonly count: number;
  /** When the first of them was recorded, RFC 3339 UTC with milliseconds. */
  readonly first: string;
  /** The same of the last one. */
  readonly last: string;
}

export interface SubscribeOptions {
  /** Exclusive; null is the beginning. */
  readonly from: Position | null;
  readonly filter?: EventFilter;
}

/** What a subscription hands over, in position order, one page after the other; the next comes when this promise is done. */
export interface SubscriptionHandler {
  /** `upTo`: every matching event at or before it has been handed over, also where the filter left everything out. */
  onEvents(events: readonly RecordedEvent[], upTo: Position): Promise<void> | void;
  /** Called when the subscription has handed over all there was, each time it catches up again after falling behind. */
  onCaughtUp?(): void;
  /** The handler threw, or the store is gone for good; the subscription has ended. A lost connection is not an error. */
  onError(error: unknown): void;
}

export interface Subscription {
  /** Resolves when no handler call is under way and none will follow. */
  close(): Promise<void>;
}

export interface EventStore {
  /** Id of the log, made once when it is created. Checkpoints and tokens carry it. */
  readonly logId: string;
  /**
   * Appends all or nothing; resolves when the events are on disk. Sending the same batch (ids and content) with the same
   * expected revision again is a success that adds nothing.
   * @throws WrongExpectedRevisionError the stream is elsewhere and the batch is not there already
   * @throws EventIdConflictError an id of the batch stands at its place with other content: a caller's bug. An id that is
   *   taken elsewhere is not noticed: ids derive from commands, whose streams are searched before they are decided
   * @throws AppendTooLargeError it is larger than the store takes: nothing was recorded, now or ever
   * @throws StoreUnavailableError nothing was recorded, and nothing will be until the store is well again
   * @throws UnknownOutcomeError it may or may not be recorded; send the same batch again
   */
  append(stream: string, events: readonly EventToAppend[], expectedRevision: ExpectedRevision): Promise<Appended>;
  /** Whether the store takes `appendAll`: the embedded log does, EventStoreDB appends to one stream at a time. */
  readonly joint: boolean;
  /**
   * Appends to several streams, each of them once, all or nothing, and answers in the order of the batches, in which they
   * stand side by side in the log. Sending the same batches again is a success that adds nothing; where only some of them
   * are there, it is refused as a wrong revision of one that is.
   * @throws as `append`, for the first batch that is refused; TypeError a stream is there twice, or the store is not joint
   */
  appendAll(batches: readonly StreamBatch[]): Promise<readonly Appended[]>;
  /** What proves that the log is as it was recorded; null where the store keeps no hashes (EventStoreDB). */
  readonly chain: LogChain | null;
  read(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent>;
  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent>;
  /** As `readAll`, page by page: a page is some hundred events, or none where the filter left them out. */
  readTexts(options?: ReadAllOptions): AsyncIterable<readonly EventText[]>;
  /** The events that this command added to the stream, in order; empty when it is unknown there. */
  findCommand(stream: string, commandId: string): Promise<readonly RecordedEvent[]>;
  /** Catch-up, then live, without a gap or a duplicate at the seam. */
  subscribe(options: SubscribeOptions, handler: SubscriptionHandler): Subscription;
  /** Position of the last event; null when the log is empty. */
  head(): Promise<Position | null>;
  /**
   * Position of the last event that was recorded before a time (RFC 3339 UTC with milliseconds); null where there is none. Times
   * never go back along the log, so reading on from there begins with the first event at that time or after it. The embedded log
   * finds it by bisection, EventStoreDB by reading back from the end.
   */
  positionBefore(time: string): Promise<Position | null>;
  /** Counts the events of a part of the log by type, piece by piece, so that others are served meanwhile. */
  countTypes(range: LogRange): Promise<readonly TypeCount[]>;
  /** Resolves when the store answers. @throws StoreUnavailableError it does not; OtherLogError it holds another log now */
  ping(): Promise<void>;
  /** Finishes what was accepted, then lets go of the store. */
  close(): Promise<void>;
}
