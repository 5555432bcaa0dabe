import Database from 'better-sqlite3';
import type { DocumentQuery } from '../../shared/document-query.js';
import { findStatement, queryParameters } from './find-statement.js';
import { TableLayout } from './table-layout.js';

const layout = new TableLayout(1, [
  { name: 'by-status', fields: ['status', 'at'] },
  { name: 'by-at', fields: ['at'] },
  { name: 'by-sku', each: 'lines', fields: ['sku', 'at'] },
]);

describe('a page of an index', () => {
  const database = new Database(':memory:');
  for (const statement of [layout.createDocs(), ...layout.createIndexes()]) database.exec(statement);
  afterAll(() => database.close());

  const plan = (query: DocumentQuery): string =>
    database
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${findStatement(layout, query)}`)
      .all(...queryParameters(query))
      .map(({ detail }) => detail)
      .join('; ');

  const queries: [string, DocumentQuery, string][] = [
    ['after equal fields', { index: 'by-status', equals: ['x'], after: [1, 'a'], limit: 9 }, '(l:at,id)'],
    ['within several fields', { index: 'by-status', after: ['x', null, 'a'], limit: 9 }, '(f:status,l:at,id)'],
    ['of a list', { index: 'by-sku', equals: ['x'], after: [1, 'a'], limit: 9 }, '(v1,id)'],
    ['in a range', { index: 'by-at', range: { gte: 1, lt: 9 }, after: [5, 'a'], limit: 9 }, '(f:at,id)'],
  ];

  it.each(queries)('starts where the one before ended, without a sort: %s', (_, query, start) => {
    const backwards = plan({ ...query, direction: 'descending' });
    expect(plan(query)).toContain(`${start}>(`);
    expect(backwards).toContain(`${start}<(`);
    expect(plan(query) + backwards).not.toContain('TEMP B-TREE');
  });

  it.each(['by-status', 'by-at', 'by-sku'])('needs no sort as a first page of %s', (index) => {
    expect(plan({ index, limit: 9 })).not.toContain('TEMP B-TREE');
    expect(plan({ index, limit: 9, direction: 'descending' })).not.toContain('TEMP B-TREE');
  });
});
