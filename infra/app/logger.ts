import pino, { type Logger } from 'pino';

/** Structured logs on standard error: standard output is for what a user asked for. */
export const createLogger = (level: string): Logger =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: false }));
