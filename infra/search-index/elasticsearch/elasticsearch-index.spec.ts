import { ELASTICSEARCH, onRealServer } from '../../test-support/servers/index.js';
import { searchIndexContract } from '../search-index.contract.js';
import { openTemporaryElasticsearchIndex } from './test-support/temporary-elasticsearch-index.js';

await onRealServer(ELASTICSEARCH, (url) => {
  searchIndexContract('Elasticsearch', (options) => openTemporaryElasticsearchIndex({ url, ...options }));
});
