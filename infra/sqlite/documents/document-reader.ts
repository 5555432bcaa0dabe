import type Database from 'better-sqlite3';
import { findStatement, queryParameters, queryShape } from './find-statement.js';
import type { ColumnValue } from './index-fields.js';
import type { TableLayout } from './table-layout.js';
import type { Position } from '../../shared/position.js';
import type { DocumentQuery } from '../../shared/document-query.js';
import type { LoadedDocument, StoredDocument } from '../../read-model-store/read-model-store.js';

type Row = [id: string, position: Position, doc: string | null];

/** Above this many ids one statement over all is faster than one statement each. */
const FEW = 3;

/** Prepared statements that read one collection. */
export class DocumentReader {
  readonly #get: Database.Statement<[string], Row>;
  readonly #getMany: Database.Statement<[string], Row>;
  readonly #scan: Database.Statement<[string, number], Row>;
  readonly #finds = new Map<string, Database.Statement<ColumnValue[], Row>>();

  constructor(
    private readonly database: Database.Database,
    private readonly layout: TableLayout,
  ) {
    const select = `SELECT id, position, doc FROM ${layout.docs}`;
    this.#get = database.prepare<[string], Row>(`${select} WHERE id = ?`).raw();
    this.#getMany = database.prepare<[string], Row>(`${select} WHERE id IN (SELECT value FROM json_each(?))`).raw();
    this.#scan = database
      .prepare<[string, number], Row>(`${select} WHERE id > ? AND doc IS NOT NULL ORDER BY id LIMIT ?`)
      .raw();
  }

  get<Doc>(id: string): StoredDocument<Doc> | undefined {
    const row = this.#get.get(id);
    return row === undefined || row[2] === null ? undefined : { id, position: row[1], doc: JSON.parse(row[2]) as Doc };
  }

  getMany<Doc>(ids: readonly string[]): Map<string, StoredDocument<Doc>> {
    const documents = new Map<string, StoredDocument<Doc>>();
    for (const [id, position, doc] of this.#rows(ids)) {
      if (doc !== null) documents.set(id, { id, position, doc: JSON.parse(doc) as Doc });
    }
    return documents;
  }

  load(ids: readonly string[]): Map<string, LoadedDocument> {
    const documents = new Map<string, LoadedDocument>();
    for (const [id, position, doc] of this.#rows(ids)) {
      documents.set(id, { position, doc: doc === null ? null : (JSON.parse(doc) as LoadedDocument['doc']) });
    }
    return documents;
  }

  scan<Doc>(after: string, limit: number): StoredDocument<Doc>[] {
    return this.#scan.all(after, limit).map(stored<Doc>);
  }

  find<Doc>(query: DocumentQuery): StoredDocument<Doc>[] {
    const shape = queryShape(query);
    let statement = this.#finds.get(shape);
    if (statement === undefined) {
      statement = this.database.prepare<ColumnValue[], Row>(findStatement(this.layout, query)).raw();
      this.#finds.set(shape, statement);
    }
    return statement.all(...queryParameters(query)).map(stored<Doc>);
  }

  #rows(ids: readonly string[]): Row[] {
    if (ids.length > FEW) return this.#getMany.all(JSON.stringify(ids));
    return ids.map((id) => this.#get.get(id)).filter((row) => row !== undefined);
  }
}

const stored = <Doc>([id, position, doc]: Row): StoredDocument<Doc> => ({
  id,
  position,
  doc: JSON.parse(doc ?? 'null') as Doc,
});
