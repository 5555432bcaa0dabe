import type { SearchIndex } from './search-index.js';
import { describeCommits } from './test-support/contract/commits.js';
import { describeFacets } from './test-support/contract/facets.js';
import { describePlaces } from './test-support/contract/places.js';
import { describeJudgedQueries } from './test-support/contract/judged.js';
import { describePaging } from './test-support/contract/paging.js';
import { describePartNumbers } from './test-support/contract/part-numbers.js';
import { describePinning } from './test-support/contract/pinning.js';
import { describeScripts } from './test-support/contract/scripts.js';
import { describeSuggestions } from './test-support/contract/suggestions.js';
import { describeVersions } from './test-support/contract/versions.js';
import { describeWords } from './test-support/contract/words.js';

export interface SearchIndexUnderTest {
  readonly index: SearchIndex;
  /** Another connection to the same index, as a further process has it. */
  connect(): Promise<SearchIndex>;
  /** Lets go of everything, the connected ones too. */
  dispose(): Promise<void>;
}

/** Makes an empty index; `pinnedForMs` as the adapter takes it. */
export type CreateSearchIndex = (options?: { readonly pinnedForMs: number }) => Promise<SearchIndexUnderTest>;

/**
 * What every adapter of the search-index port must pass. `reference`: an adapter that this one finds the same products as,
 * with the same facets.
 */
export function searchIndexContract(name: string, create: CreateSearchIndex, reference?: CreateSearchIndex): void {
  describe(`search index contract: ${name}`, () => {
    describe('a small shop', () => {
      let current: SearchIndexUnderTest | undefined;
      const subject = (): SearchIndexUnderTest => {
        if (current === undefined) throw new Error('no index under test');
        return current;
      };
      beforeEach(async () => {
        current = await create();
      });
      afterEach(async () => {
        await current?.dispose();
        current = undefined;
      });

      describeWords(subject);
      describeScripts(subject);
      describePartNumbers(subject);
      describeFacets(subject);
      describePlaces(subject);
      describePaging(subject);
      describeSuggestions(subject);
      describeCommits(subject);
      describeVersions(subject);
    });
    describePinning(create);
    describeJudgedQueries(create, reference);
  });
}
