import type { Position } from '../../shared/position.js';

/**
 * `live`: follows the log. `catching-up`: on its way there since the start. `building`: its runner makes another version or
 * a rebuild, which will take its place. `stopped`: its runner has ended.
 */
export type ProjectionCondition = 'live' | 'catching-up' | 'building' | 'stopped';

export interface ModelProgress {
  readonly name: string;
  /** The version that is read, and which rebuild of it. */
  readonly version: number;
  readonly build: number;
  /** Everything up to here is in what is read; null when nothing is. */
  readonly position: Position | null;
  /** Keys whose events wait for a retry. */
  readonly parked: number;
  readonly state: ProjectionCondition;
  /** It has caught up with the log once; before, what is read is half of what the log tells. */
  readonly complete: boolean;
  /** Only while what was folded cannot be stored, which is tried again: the name of the error. */
  readonly trouble?: string;
}

/** What a read has to know of a model. */
export type ModelLook = Omit<ModelProgress, 'state' | 'trouble'>;

export interface ProjectionStatus extends ModelProgress {
  /** How far behind the head of the log, in the log's own unit (SQLite: events). */
  readonly lag: number;
}

/** What a runner tells after every page; plain data, so that it can cross threads. */
export interface ProgressUpdate {
  readonly models: readonly ModelProgress[];
}

/** How far the read models have come, for reads that wait and for operators. */
export interface ProjectionProgress {
  /** True as soon as a read of this model sees everything up to `position`; false when it did not in time. */
  waitFor(model: string, position: Position, timeoutMs: number): Promise<boolean>;
  /**
   * What is known of one model, no older than what `waitFor` has said of it; cheap enough for every read, and known without
   * the log. Undefined for a model that nothing was heard of.
   */
  look(model: string): Promise<ModelLook | undefined>;
  status(): Promise<readonly ProjectionStatus[]>;
}

/** Injection token of ProjectionProgress. */
export const PROJECTION_PROGRESS = Symbol('ProjectionProgress');
