import type Database from 'better-sqlite3';
import { checkIndex } from './index-fields.js';
import { TableLayout } from './table-layout.js';
import { CheckpointConflictError } from '../../read-model-store/read-model-store.js';
import type { Checkpoint, Position } from '../../shared/position.js';
import type { IndexDefinition } from '../../shared/document-query.js';
import type {
  CheckpointMove,
  CollectionDefinition,
  CollectionRef,
  CollectionState,
  CollectionVersion,
} from '../../read-model-store/read-model-store.js';

interface Row {
  readonly number: number;
  readonly name: string;
  readonly version: number;
  readonly build: number;
  readonly live: number;
  readonly indexes: string;
  readonly log_id: string | null;
  readonly position: Position | null;
}

/** `collections`: which versions there are, which is live, and how far each has come. */
export class CollectionCatalog {
  readonly #live: Database.Statement<[string], Row>;
  readonly #version: Database.Statement<[string, number, number], Row>;
  readonly #all: Database.Statement<[], Row>;
  readonly #move: Database.Statement<[string, string, number, string | null, string | null]>;

  constructor(private readonly database: Database.Database) {
    this.#live = database.prepare('SELECT * FROM collections WHERE name = ? AND live = 1');
    this.#version = database.prepare('SELECT * FROM collections WHERE name = ? AND version = ? AND build = ?');
    this.#all = database.prepare('SELECT * FROM collections ORDER BY name, version, build');
    this.#move = database.prepare(
      'UPDATE collections SET log_id = ?, position = ? WHERE number = ? AND log_id IS ? AND position IS ?',
    );
  }

  layout(collection: CollectionRef): TableLayout | undefined {
    const row = this.#find(collection);
    return row && new TableLayout(row.number, JSON.parse(row.indexes) as IndexDefinition[]);
  }

  checkpoint(collection: CollectionRef): Checkpoint | null {
    const row = this.#find(collection);
    return row === undefined ? null : checkpointOf(row);
  }

  states(): CollectionState[] {
    return this.#all.all().map((row) => ({
      name: row.name,
      version: row.version,
      build: row.build,
      live: row.live === 1,
      checkpoint: checkpointOf(row),
    }));
  }

  move(number: number, name: string, { expected, next }: CheckpointMove): void {
    const { changes } = this.#move.run(
      next.logId,
      next.position,
      number,
      expected?.logId ?? null,
      expected?.position ?? null,
    );
    if (changes === 0) throw new CheckpointConflictError(name);
  }

  /** Inside the caller's transaction. Returns the layout where documents that are there must be indexed again. */
  ensure(collection: CollectionDefinition): TableLayout | undefined {
    collection.indexes.forEach(checkIndex);
    const row = this.#find(collection);
    const indexes = JSON.stringify(collection.indexes);
    if (row === undefined) this.#create(collection, indexes);
    return row === undefined || row.indexes === indexes ? undefined : this.#rebuildIndexes(row, collection.indexes);
  }

  /** Inside the caller's transaction. */
  promote(collection: CollectionVersion): void {
    const row = this.#find(collection);
    if (row === undefined) throw new CheckpointConflictError(collection.name);
    for (const other of this.#all.all()) {
      if (other.name !== collection.name || other.number === row.number) continue;
      const layout = new TableLayout(other.number, JSON.parse(other.indexes) as IndexDefinition[]);
      for (const statement of layout.drop()) this.database.exec(statement);
      this.database.prepare('DELETE FROM collections WHERE number = ?').run(other.number);
    }
    this.database.prepare('UPDATE collections SET live = 1 WHERE number = ?').run(row.number);
  }

  #find(collection: CollectionRef): Row | undefined {
    return typeof collection === 'string'
      ? this.#live.get(collection)
      : this.#version.get(collection.name, collection.version, collection.build ?? 0);
  }

  #create({ name, version, build, indexes }: CollectionDefinition, text: string): void {
    const live = this.#live.get(name) === undefined ? 1 : 0;
    const { lastInsertRowid } = this.database
      .prepare('INSERT INTO collections (name, version, build, live, indexes) VALUES (?, ?, ?, ?, ?)')
      .run(name, version, build ?? 0, live, text);
    const layout = new TableLayout(Number(lastInsertRowid), indexes);
    for (const statement of [layout.createDocs(), ...layout.createIndexes()]) this.database.exec(statement);
  }

  /** Moves the documents to a table of their own with the new columns: a new number, so no statement outlives it. */
  #rebuildIndexes(row: Row, indexes: readonly IndexDefinition[]): TableLayout {
    const before = new TableLayout(row.number, JSON.parse(row.indexes) as IndexDefinition[]);
    const { seq } = this.database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'collections'").get() as {
      seq: number;
    };
    const layout = new TableLayout(seq + 1, indexes);
    this.database
      .prepare('UPDATE collections SET number = ?, indexes = ? WHERE number = ?')
      .run(layout.id, JSON.stringify(indexes), row.number);
    this.database.prepare("UPDATE sqlite_sequence SET seq = ? WHERE name = 'collections'").run(layout.id);
    for (const statement of [layout.createDocs(), ...layout.createIndexes()]) this.database.exec(statement);
    this.database.exec(`INSERT INTO ${layout.docs} (id, position, doc) SELECT id, position, doc FROM ${before.docs}`);
    for (const statement of before.drop()) this.database.exec(statement);
    return layout;
  }
}

const checkpointOf = ({ log_id, position }: Row): Checkpoint | null =>
  log_id === null || position === null ? null : { logId: log_id, position };
