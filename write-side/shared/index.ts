export * from './command-executor.js';

/** Injection token of the command executor. */
export const COMMAND_EXECUTOR = Symbol('CommandExecutor');
