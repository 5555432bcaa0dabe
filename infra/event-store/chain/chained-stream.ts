import type { ChainedEvent } from './event-hash.js';
import type { Verification } from './log-chain.js';
import { StreamProof, type StreamEnd } from './stream-proof.js';

/** A stream with the hashes that its log keeps of it. Data are as they are stored, with sealed fields sealed. */
export interface ChainedStream {
  readonly stream: string;
  /** Null where there is no such stream. */
  readonly end: StreamEnd | null;
  /** Position of the last event of the whole log. */
  readonly logEnd: number;
  readonly events: readonly ChainedEvent[];
}

/** Computes anew what the hashes of a stream say of its events; needs no log. */
export function verifyStream({ stream, end, logEnd, events }: ChainedStream): Verification {
  if (end === null) return { intact: true, events: 0, head: '', faults: [] };
  const proof = new StreamProof(stream, end);
  for (const event of events) proof.add(event);
  const faults = proof.faults(logEnd);
  return { intact: faults.length === 0, events: events.length, head: end.hash, faults };
}
