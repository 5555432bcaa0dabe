import { searchIndexContract } from '../search-index.contract.js';
import { openTemporarySearchIndex } from '../test-support/index.js';

searchIndexContract('SQLite FTS5', openTemporarySearchIndex);
