import type { Json } from '../../../domain/shared/index.js';
import type { Position } from '../../shared/position.js';
import type { EventFilter, RecordedEvent } from '../../event-store/index.js';

/** A row of the table that a what-if ends with. */
export interface Row {
  readonly what: string;
  /** What was recorded, or what the engine's own read model says; absent where there is nothing to compare with. */
  readonly live?: string;
  readonly whatIf: string;
  readonly difference?: string;
}

export interface Result {
  readonly rows: readonly Row[];
  /** The first that differ, one a line. */
  readonly examples: readonly string[];
}

/** A what-if under way. */
export interface Trial {
  readonly filter: EventFilter;
  /** Whether it has to be shown what came before the part of the log that is asked for. */
  readonly needsPast: boolean;
  /** Told once, before the first event, after which position the part begins that is asked for. */
  begin?(from: Position | null): void;
  /**
   * Takes an event, in the order of the log.
   * @param counts whether it is in the part that is asked for
   * @throws RuleError the analyst's code threw; the trial is as it was before the event
   */
  take(event: RecordedEvent, counts: boolean): void | Promise<void>;
  result(): Result | Promise<Result>;
  /** What it has counted, for a run that goes on after the last event that was taken. */
  save(): Json;
  restore(saved: Json): void;
}

/** What an analyst's code threw, or gave that is nothing of the kind. */
export class RuleError extends Error {
  constructor(readonly reason: string) {
    super(reason);
    this.name = 'RuleError';
  }
}
