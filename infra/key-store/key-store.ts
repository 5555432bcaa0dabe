/** What a person is known by: an e-mail address, or the subject of tokens. The two lead to different persons. */
export type Identity = 'email' | 'subject';

/** Keys of persons; durable before an event that needs one is appended. Forgetting a person deletes the key. */
export interface KeyStore {
  /**
   * The random personId of an e-mail address or a subject (known by HMAC of the normalised text alone), with a key of its
   * own; made on first sight. Resolves when both are on disk.
   */
  personFor(text: string, identity?: Identity): Promise<string>;
  /** The personId of an address or a subject; null where nobody has it, who is not made by that. */
  find(text: string, identity?: Identity): Promise<string | null>;
  /** The person's 32-byte AES-256 key; null when it was forgotten or never made. */
  keyOf(personId: string): Promise<Uint8Array | null>;
  /**
   * Deletes the key and the entry by which the person was known, for good; what was sealed with it stays sealed for ever.
   * Idempotent.
   */
  forget(personId: string): Promise<void>;
  /** How many persons were forgotten so far. */
  forgotten(): Promise<number>;
  ping(): Promise<void>;
  close(): Promise<void>;
}
