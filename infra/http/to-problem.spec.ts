import { StoreUnavailableError } from '../shared/store-errors.js';
import { AppendTooLargeError, UnknownOutcomeError } from '../event-store/index.js';
import { DocumentStoreUnavailableError } from '../document-store/index.js';
import { KeyStoreUnavailableError } from '../key-store/index.js';
import { ReadModelStoreUnavailableError } from '../read-model-store/index.js';
import { SearchIndexUnavailableError } from '../search-index/index.js';
import { toProblem } from './to-problem.js';

test.each([
  new StoreUnavailableError('away'),
  new UnknownOutcomeError('away'),
  new KeyStoreUnavailableError('away'),
  new ReadModelStoreUnavailableError('away'),
  new DocumentStoreUnavailableError('away'),
  new SearchIndexUnavailableError('away'),
])('a store that cannot answer ($name) is a reason to try again', (error) => {
  const { status, code, headers } = toProblem(error);
  expect([status, code, headers]).toEqual([503, 'STORE.UNAVAILABLE', { 'retry-after': '2' }]);
});

test('what is larger than the store takes is not to be tried again', () => {
  const { status, code, headers } = toProblem(new AppendTooLargeError('cart-1'));
  expect([status, code, headers]).toEqual([413, 'COMMAND.TOO_LARGE', {}]);
});
