import { describeCommits } from './test-support/contract/commits.js';
import { describeIndexes } from './test-support/contract/indexes.js';
import { describePaging } from './test-support/contract/paging.js';
import { describeVersions } from './test-support/contract/versions.js';
import type { ReadModelStore } from './read-model-store.js';

export interface ReadModelStoreUnderTest {
  readonly store: ReadModelStore;
  /** Another connection to the same data, as a further process has it. */
  connect(): Promise<ReadModelStore>;
  /**
   * The server at hand stands in for the real one and compares texts by UTF-16 unit: what it cannot show about texts
   * beyond the basic plane is left out, and said.
   */
  readonly comparesUtf16?: boolean;
  /** Lets go of everything, the connected ones too. */
  dispose(): Promise<void>;
}

/** What every adapter of the read-model-store port must pass; `create` makes an empty store. */
export function readModelStoreContract(name: string, create: () => Promise<ReadModelStoreUnderTest>): void {
  describe(`read model store contract: ${name}`, () => {
    let current: ReadModelStoreUnderTest | undefined;
    const subject = (): ReadModelStoreUnderTest => {
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
