import { KeyStoreUnavailableError } from '../errors.js';

/** A person as the writer has it; `forgotten` tells how old that knowledge is. */
export interface WrittenPerson {
  readonly personId: string;
  readonly key: Uint8Array;
  readonly forgotten: number;
}

/** Makes and forgets persons. Both throw KeyStoreUnavailableError when nothing can be written. */
export interface PersonWriter {
  /** Why nothing can be written any more though it should be; null while all is well. */
  readonly broken: string | null;
  /** The person of a hash, see IdentityHash, made where there is none; resolves when it is on disk. */
  personFor(identityHash: string): Promise<WrittenPerson>;
  /** Resolves to the file's count of forgotten persons when the person is gone from disk. */
  forget(personId: string): Promise<number>;
  /** Takes no more; resolves when all that was accepted is answered. */
  finish(): Promise<void>;
  /** Closes the connection. */
  end(): Promise<void>;
}

/** Of a store that was opened for reading alone. */
export class NoKeyWriter implements PersonWriter {
  readonly broken = null;

  async personFor(): Promise<WrittenPerson> {
    throw new KeyStoreUnavailableError('the key store was opened for reading alone');
  }

  async forget(): Promise<number> {
    throw new KeyStoreUnavailableError('the key store was opened for reading alone');
  }

  async finish(): Promise<void> {}

  async end(): Promise<void> {}
}
