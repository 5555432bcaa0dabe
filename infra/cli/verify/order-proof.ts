import {
  idOfKey,
  type ChainedEvent,
  type ChainedStream,
  type EventKey,
  type EventMetadata,
  type Verification,
} from '../../event-store/index.js';
import { streamOf } from '../../../domain/shared/index.js';
import { streamsNamedIn, verifyOrder } from '../../../read-api/order/chained-order.js';
import { CliError } from '../cli-error.js';

const FORMAT = 'cartwright-order-proof-1';

/**
 * All events of an order with their hashes, as a file that is verified without the engine. What is personal is sealed in it, as it
 * is in the log.
 */
export interface OrderProof {
  readonly format: typeof FORMAT;
  readonly orderId: string;
  /** Position of the last event of the log at that time. */
  readonly logEnd: number;
  readonly streams: readonly ProofStream[];
}

interface ProofStream {
  readonly stream: string;
  /** Revision and hash of the last event, as the log records them. */
  readonly revision: number;
  readonly hash: string;
  readonly events: readonly ProofEvent[];
}

/** `data` is JSON text as it is stored: an event's hash covers each of its characters. */
interface ProofEvent {
  readonly revision: number;
  readonly position: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Which one of its command's events it is, or its id. */
  readonly key: EventKey;
  readonly type: string;
  readonly metadata: EventMetadata;
  readonly data: string;
  readonly hash: string;
}

export function proofOf(orderId: string, streams: readonly ChainedStream[]): OrderProof {
  const logEnd = streams[0]?.logEnd ?? 0;
  return { format: FORMAT, orderId, logEnd, streams: streams.flatMap(proofStreamOf) };
}

const proofStreamOf = ({ stream, end, events }: ChainedStream): readonly ProofStream[] =>
  end === null ? [] : [{ stream, ...end, events: events.map(proofEventOf) }];

const proofEventOf = ({ event, hash }: ChainedEvent): ProofEvent => {
  const { revision, position, at, key, type, metadata, data } = event;
  return { revision, position, at, key, type, metadata, data, hash };
};

/** Verifies a proof by itself: its hashes, and that each stream which the order names is there. @throws CliError it is no proof */
export function verifyProof(text: string): Verification & { readonly orderId: string } {
  const { orderId, logEnd, streams } = parseProof(text);
  const chained = streams.map((stream) => chainedOf(stream, logEnd));
  const own = chained.find(({ stream }) => stream === streamOf('order', orderId));
  if (own === undefined) throw new CliError(`the proof has no events of the order ${orderId}`);
  const verified = verifyOrder(chained);
  const lacking = streamsNamedIn(own).filter((name) => chained.every(({ stream }) => stream !== name));
  const missing = lacking.map((stream) => ({ stream, revision: 0, fault: 'missing' as const }));
  const faults = [...verified.faults, ...missing];
  return { ...verified, orderId, intact: faults.length === 0, faults };
}

const chainedOf = ({ stream, revision, hash, events }: ProofStream, logEnd: number): ChainedStream => ({
  stream,
  end: { revision, hash },
  logEnd,
  events: events.map(({ hash: own, ...event }) => ({
    event: { ...event, stream, id: idOfKey(event.key, event.metadata.commandId) },
    hash: own,
  })),
});

function parseProof(text: string): OrderProof {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CliError('the file is no proof: it is not JSON');
  }
  if (isProof(value)) return value;
  throw new CliError(`the file is no proof of an order in the format ${FORMAT}`);
}

function isProof(value: unknown): value is OrderProof {
  if (!isRecord(value) || value['format'] !== FORMAT || !Number.isSafeInteger(value['logEnd'])) return false;
  const { orderId, streams } = value;
  return typeof orderId === 'string' && Array.isArray(streams) && streams.every(isProofStream);
}

const isProofStream = (value: unknown): boolean =>
  isRecord(value) &&
  [value['stream'], value['hash']].every((each) => typeof each === 'string') &&
  Number.isSafeInteger(value['revision']) &&
  Array.isArray(value['events']) &&
  value['events'].every(isProofEvent);

const isProofEvent = (value: unknown): boolean =>
  isRecord(value) &&
  [value['revision'], value['position'], value['at']].every(Number.isSafeInteger) &&
  [value['type'], value['data'], value['hash']].every((each) => typeof each === 'string') &&
  ['number', 'string'].includes(typeof value['key']) &&
  isRecord(value['metadata']) &&
  typeof value['metadata']['commandId'] === 'string';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
