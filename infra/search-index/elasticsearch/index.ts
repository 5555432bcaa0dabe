export { openElasticsearchIndex, type ElasticsearchIndexOptions } from './open-elasticsearch-index.js';
