import { describeCommits } from './test-support/contract/commits.js';
import { describeIndexes } from './test-support/contract/indexes.js';
import { describePaging } from './test-support/contract/paging.js';
import { describeVersions } from './test-support/contract/versions.js';
import type { ReadStore } from './read-store.js';

export interface ReadStoreUnderTest {
  readonly store: ReadStore;
  /** Another connection to the same data, as a further process has it. */
  connect(): Promise<ReadStore>;
  /**
   * The server at hand stands in for the real one and compares texts by UTF-16 unit: what it cannot show about texts
   * beyond the basic plane is left out, and said.
   */
  readonly comparesUtf16?: boolean;
  /** Lets go of everything, the connected ones too. */
  dispose(): Promise<void>;
}

/** What every adapter of the read-store port must pass; `create` makes an empty store. */
export function readStoreContract(name: string, create: () => Promise<ReadStoreUnderTest>): void {
  describe(`read store contract: ${name}`, () => {
    let current: ReadStoreUnderTest | undefined;
    const subject = (): ReadStoreUnderTest => {
      if (current === undefined) throw new Error('no store under test');
      return current;
    };
    beforeEach(async () => {
      current = await create();
    });
    afterEach(async () => {
      await current?.dispose();
      current = undefined;
    });

    describeCommits(subject);
    describeIndexes(subject);
    describePaging(subject);
    describeVersions(subject);
  });
}
