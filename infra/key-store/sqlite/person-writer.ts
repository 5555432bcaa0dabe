import { KeyStoreUnavailableError } from '../errors.js';

/** A person, with the count of forgotten persons at the time that it was written. */
export interface WrittenPerson {
  readonly personId: string;
  readonly key: Uint8Array;
  readonly forgotten: number;
}

/** Creates and forgets persons. Both throw KeyStoreUnavailableError where nothing can be written. */
export interface PersonWriter {
  /** The error by which writing has ended; null while writing works. */
  readonly broken: string | null;
  /** Finds the person of a hash (see IdentityHash), or creates it; resolves when it is on disk. */
  personFor(identityHash: string): Promise<WrittenPerson>;
  /** Forgets a person; resolves with the file's count of forgotten persons when the person is deleted on disk. */
  forget(personId: string): Promise<number>;
  /** Accepts no more; resolves when all accepted writes are answered. */
  finish(): Promise<void>;
  /** Closes the connection. */
  end(): Promise<void>;
}

/** The writer of a store that was opened for reading only. */
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
