import type { ChainedStream } from './chained-stream.js';

/** `swapped` stands at a place that is another event's; `added` follows from nothing; `missing` is known by its place alone. */
export type FaultKind = 'altered' | 'missing' | 'swapped' | 'added';

export interface ChainFault {
  /** `LOG` where no stream can be named. */
  readonly stream: string;
  /** Of `LOG`: a position. */
  readonly revision: number;
  /** Of the event that stands there. */
  readonly eventId?: string;
  readonly fault: FaultKind;
}

/** Stands for the log as a whole in a fault. */
export const LOG = '$log';

export interface Verification {
  readonly intact: boolean;
  /** How many were looked at. */
  readonly events: number;
  /** SHA-256, hex: the stream's last hash, or the chain over all. */
  readonly head: string;
  readonly faults: readonly ChainFault[];
}

export interface VerifyAllOptions {
  /** The chain as it once was, noted elsewhere: it has to come by, or the end of the log was cut off or made anew since. */
  readonly head?: string;
  /** Told now and then how many events have been looked at, and how many there are about. */
  onVerified?(events: number, total: number): void;
}

/**
 * The hashes that an embedded log keeps: each event's covers the event and the hash of the one before it in its stream, and
 * one chain covers all hashes in the order of the log. Whoever changes the file has to make anew all that follow, and a
 * head that was noted elsewhere still tells.
 */
export interface LogChain {
  /** One stream with its hashes, whole, however damaged it is. */
  read(stream: string): Promise<ChainedStream>;
  /** Of one stream; a stream that is not there is intact. */
  verify(stream: string): Promise<Verification>;
  /** Of every stream and of the log's own chain; reads the whole log. Events that are appended meanwhile are left out. */
  verifyAll(options?: VerifyAllOptions): Promise<Verification>;
}
