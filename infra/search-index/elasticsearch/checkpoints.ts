import { SearchCheckpointConflictError } from '../search-index.js';
import type { SearchBuild, SearchCheckpoint, SearchCheckpointMove } from '../search-index.js';
import type { Connection } from './connection.js';
import { isConflict, isMissing } from './driver-errors.js';
import { CHECKPOINT_ID, type IndexNames } from './index-names.js';

export interface CheckpointSource {
  readonly checkpoint: SearchCheckpoint | null;
}

/** A stored checkpoint with the numbers that Elasticsearch compares when it is replaced; `place` is null before the first. */
interface Stored {
  readonly checkpoint: SearchCheckpoint | null;
  readonly place: { readonly if_seq_no: number; readonly if_primary_term: number } | null;
}

const NONE: Stored = { checkpoint: null, place: null };

/** Keeps the checkpoint of a build as a document in its index, with which it is created and deleted. */
export class Checkpoints {
  /** The checkpoints that this process wrote, which need not be read before the next move. */
  readonly #written = new Map<string, Stored>();

  constructor(
    private readonly connection: Connection,
    private readonly names: IndexNames,
  ) {}

  /** Reads a checkpoint by index or alias. */
  async read(index: string): Promise<SearchCheckpoint | null> {
    return (await this.#stored(index)).checkpoint;
  }

  /** @throws SearchCheckpointConflictError */
  async move(build: SearchBuild, { expected, next }: SearchCheckpointMove): Promise<void> {
    const index = this.names.indexOf(build);
    const known = this.#written.get(index);
    const stored = known !== undefined && isSame(known.checkpoint, expected) ? known : await this.#stored(index);
    this.#written.delete(index);
    if (!isSame(stored.checkpoint, expected)) throw new SearchCheckpointConflictError();
    this.#written.set(index, await this.#replace(build, stored, next));
  }

  async #replace(build: SearchBuild, { place }: Stored, checkpoint: SearchCheckpoint | null): Promise<Stored> {
    try {
      const { _seq_no, _primary_term } = await this.connection.client.index<CheckpointSource>({
        index: this.names.writerOf(build),
        require_alias: true,
        id: CHECKPOINT_ID,
        document: { checkpoint },
        ...(place ?? { op_type: 'create' }),
      });
      if (_seq_no === undefined || _primary_term === undefined) return NONE;
      return { checkpoint, place: { if_seq_no: _seq_no, if_primary_term: _primary_term } };
    } catch (error) {
      if (isConflict(error) || isMissing(error)) throw new SearchCheckpointConflictError();
      throw error;
    }
  }

  async #stored(index: string): Promise<Stored> {
    try {
      const { _source, _seq_no, _primary_term } = await this.connection.client.get<CheckpointSource>({
        index,
        id: CHECKPOINT_ID,
      });
      if (_source === undefined || _seq_no === undefined || _primary_term === undefined) return NONE;
      return { checkpoint: _source.checkpoint, place: { if_seq_no: _seq_no, if_primary_term: _primary_term } };
    } catch (error) {
      if (isMissing(error)) return NONE;
      throw error;
    }
  }
}

const isSame = (a: SearchCheckpoint | null, b: SearchCheckpoint | null): boolean =>
  a?.logId === b?.logId && a?.position === b?.position;
