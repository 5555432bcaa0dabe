import type Database from 'better-sqlite3';
import type { Position } from '../../shared/position.js';
import { SearchCheckpointConflictError } from '../search-index.js';
import type { SearchBuild, SearchBuildState, SearchCheckpoint, SearchCheckpointMove } from '../search-index.js';
import { BuildTables } from './build-tables.js';

interface Row {
  readonly number: number;
  readonly version: number;
  readonly build: number;
  readonly live: number;
  readonly commits: number;
  readonly log_id: string | null;
  readonly position: Position | null;
}

/** Keeps the table `builds`: the builds, the live one, and their checkpoints. Changes run inside the caller's transaction. */
export class BuildCatalog {
  readonly #all: Database.Statement<[], Row>;
  readonly #one: Database.Statement<[number, number], Row>;
  readonly #commit: Database.Statement<[number], { commits: number }>;
  readonly #move: Database.Statement<[string | null, string | null, number, string | null, string | null]>;

  constructor(private readonly database: Database.Database) {
    this.#all = database.prepare('SELECT * FROM builds ORDER BY version, build');
    this.#one = database.prepare('SELECT * FROM builds WHERE version = ? AND build = ?');
    this.#commit = database.prepare('UPDATE builds SET commits = commits + 1 WHERE number = ? RETURNING commits');
    this.#move = database.prepare(
      'UPDATE builds SET log_id = ?, position = ? WHERE number = ? AND log_id IS ? AND position IS ?',
    );
  }

  states(): SearchBuildState[] {
    return this.#all
      .all()
      .map(({ version, build, live, ...row }) => ({ version, build, live: live === 1, checkpoint: checkpointOf(row) }));
  }

  tables({ version, build }: SearchBuild): BuildTables | undefined {
    const row = this.#one.get(version, build);
    return row && new BuildTables(row.number);
  }

  ensure({ version, build }: SearchBuild): void {
    const all = this.#all.all();
    if (all.some((row) => row.version === version && row.build === build)) return;
    const live = all.some((row) => row.live === 1) ? 0 : 1;
    const { lastInsertRowid } = this.database
      .prepare('INSERT INTO builds (version, build, live, commits) VALUES (?, ?, ?, 0)')
      .run(version, build, live);
    this.database.exec(new BuildTables(Number(lastInsertRowid)).create());
  }

  promote({ version, build }: SearchBuild): void {
    const row = this.#one.get(version, build);
    if (row === undefined) throw new SearchCheckpointConflictError();
    for (const { number } of this.#all.all()) {
      if (number === row.number) continue;
      this.database.exec(new BuildTables(number).drop());
      this.database.prepare('DELETE FROM builds WHERE number = ?').run(number);
    }
    this.database.prepare('UPDATE builds SET live = 1 WHERE number = ?').run(row.number);
  }

  /** Counts a new commit and returns its number. */
  commit(number: number): number {
    const row = this.#commit.get(number);
    if (row === undefined) throw new SearchCheckpointConflictError();
    return row.commits;
  }

  move(number: number, { expected, next }: SearchCheckpointMove): void {
    const { changes } = this.#move.run(...columnsOf(next), number, ...columnsOf(expected));
    if (changes === 0) throw new SearchCheckpointConflictError();
  }
}

const columnsOf = (checkpoint: SearchCheckpoint | null) =>
  [checkpoint?.logId ?? null, checkpoint?.position ?? null] as const;

const checkpointOf = ({ log_id, position }: Pick<Row, 'log_id' | 'position'>): SearchCheckpoint | null =>
  log_id === null || position === null ? null : { logId: log_id, position };
