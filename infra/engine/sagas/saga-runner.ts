import type { Position } from '../../shared/position.js';
import type { EventStore } from '../../event-store/index.js';
import type { DocumentStore } from '../../document-store/index.js';
import type { Tracer } from '../../telemetry/index.js';
import type { FollowUps, UnitsOfWork } from '../commands/index.js';
import type { SagaClock } from './timers.js';
import type { AnySaga, AnyTargetedCommand, Dispatch } from './saga.js';

/** The part of a pino logger that the runner uses. */
export interface SagaLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface SagaRunnerOptions<Targeted extends AnyTargetedCommand = AnyTargetedCommand> {
  readonly eventStore: EventStore;
  readonly documents: DocumentStore;
  readonly sagas: readonly AnySaga[];
  /** Carries out whatever the sagas send. */
  readonly dispatch: Dispatch<Targeted>;
  /** Those of the executor that `dispatch` uses; without them every step is recorded before its commands are sent. */
  readonly units?: UnitsOfWork;
  readonly clock: SagaClock;
  readonly logger: SagaLogger;
  /** Where steps and commands of traced requests are traced. */
  readonly tracer?: Tracer | null;
}

export interface SagaRunnerStatus {
  /** Everything at or below it is recorded or was none of the sagas' business. */
  readonly position: Position | null;
  /** All that was in the log has been handed over once. */
  readonly caughtUp: boolean;
  /** Instances in memory: with an input, a command under way or a timer. */
  readonly instances: number;
  /** Inputs that are not recorded yet, steps under way and unanswered commands; 0 is rest. */
  readonly work: number;
}

/** Instances in memory that are in the same phase of the same saga. */
export interface SagaPhaseCount {
  readonly saga: string;
  /** As its state calls it; `under-way` where it has no name for it, `new` before the first step. */
  readonly phase: string;
  readonly instances: number;
  /** When the oldest of them began, RFC 3339 UTC; null while none has taken its first step. */
  readonly since: string | null;
}

/** Follows the log and runs every saga. Several may run at once: expected revisions keep them right. */
export interface SagaRunner extends FollowUps {
  /**
   * Resumes what is unfinished and follows the log from where it was left.
   * @throws StoreRefusedError the cursor is one of another log
   */
  start(): Promise<void>;
  status(): SagaRunnerStatus;
  /** Counted when asked: for those who look now and then. */
  phases(): readonly SagaPhaseCount[];
  /** Ends steps and commands that are under way and writes the cursor. What is left is done after the next start. */
  close(): Promise<void>;
}
