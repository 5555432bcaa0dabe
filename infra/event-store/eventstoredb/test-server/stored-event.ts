/** An event as a client proposes it. Ids are canonical lower-case UUID text; data and metadata are opaque bytes. */
export interface ProposedEvent {
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** An event in the log. */
export interface StoredEvent extends ProposedEvent {
  readonly stream: string;
  /** Decimal text, since a tombstone's revision (2^63 - 1) is no safe number. */
  readonly revision: string;
  /** Offset in the log: grows by the size of each record. Commit and prepare position are both this, as in log V2. */
  readonly position: number;
  /** 100 ns since the Unix epoch, decimal. */
  readonly createdTicks: string;
  /** The serialised answer message, made when first sent: an event goes out many times and never changes. */
  wire?: Buffer;
}
