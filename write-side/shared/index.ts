export type { EventWatch } from './event-watch.js';

/** Injection token of the command executor. */
export const COMMAND_EXECUTOR = Symbol('CommandExecutor');

/** Injection token of the outcomes kept for keyed commands that left no event. */
export const KEPT_OUTCOMES = Symbol('KeptOutcomes');

/** Injection token of the event watch. */
export const EVENT_WATCH = Symbol('EventWatch');
