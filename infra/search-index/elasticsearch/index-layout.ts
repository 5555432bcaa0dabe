import type { estypes } from '@elastic/elasticsearch';

/** Beginnings of words that are indexed; others are looked for among the words. */
export const SHORTEST_BEGINNING = 2;
export const LONGEST_BEGINNING = 20;
/** Terms may have 32,766 bytes. */
const LONGEST_VALUE = 8_000;

/** Words that stand apart already: they are taken out of texts and stemmed as every adapter does it. */
const WORDS = 'words';
const BEGINNINGS = 'beginnings';

const keyword: estypes.MappingProperty = { type: 'keyword', ignore_above: LONGEST_VALUE };
const facet: estypes.MappingProperty = { ...keyword, eager_global_ordinals: true };
const beginnings: estypes.MappingProperty = {
  type: 'text',
  analyzer: BEGINNINGS,
  search_analyzer: WORDS,
  index_options: 'docs',
  norms: false,
};
const words: estypes.MappingProperty = { type: 'text', analyzer: WORDS, index_options: 'docs', norms: false };
const begunWords: estypes.MappingProperty = { ...words, fields: { beginnings } };

/**
 * One shard: a facet counted in several would be an estimate. Refreshed by each commit and by nothing else. A field that
 * is not named here is an error, so that what is searched is always written on purpose.
 */
export const indexLayout: Pick<estypes.IndicesCreateRequest, 'settings' | 'mappings'> = {
  settings: {
    number_of_shards: 1,
    auto_expand_replicas: '0-1',
    refresh_interval: '-1',
    analysis: {
      filter: { [BEGINNINGS]: { type: 'edge_ngram', min_gram: SHORTEST_BEGINNING, max_gram: LONGEST_BEGINNING } },
      analyzer: {
        [WORDS]: { type: 'custom', tokenizer: 'whitespace' },
        [BEGINNINGS]: { type: 'custom', tokenizer: 'whitespace', filter: [BEGINNINGS] },
      },
    },
  },
  mappings: {
    dynamic: 'strict',
    properties: {
      checkpoint: { type: 'object', enabled: false },
      position: { type: 'keyword', index: false, doc_values: false },
      document: { type: 'object', enabled: false },
      listed: { type: 'boolean' },
      sku: keyword,
      code: keyword,
      codeEndings: keyword,
      codeWords: words,
      title: keyword,
      nameKey: keyword,
      createdAt: { type: 'long' },
      price: { type: 'long' },
      prices: {
        type: 'nested',
        properties: {
          currency: keyword,
          channel: keyword,
          otherChannels: keyword,
          country: keyword,
          otherCountries: keyword,
          amount: { type: 'long' },
        },
      },
      inStock: { type: 'boolean' },
      brand: facet,
      categories: facet,
      brevity: { type: 'float', index: false },
      text: begunWords,
      main: words,
      nameAt: words,
      nameWhole: keyword,
      nameWords: words,
      brandWords: words,
      categoryWords: words,
      vocabulary: begunWords,
    },
  },
};
