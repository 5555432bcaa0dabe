import { isatty } from 'node:tty';
import pino, { type DestinationStream, type Logger } from 'pino';
import { plainLines } from './plain-lines.js';

const STANDARD_ERROR = 2;

/**
 * Logs to standard error, as standard output has what a user asked for. A terminal gets plain lines, a program JSON.
 */
export function createLogger(level: string): Logger {
  const destination = pino.destination({ dest: STANDARD_ERROR, sync: true });
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (name: string) => ({ level: name }) },
  };
  if (isatty(STANDARD_ERROR)) return pino(options, terminal(destination));
  return pino(options, pino.destination({ dest: STANDARD_ERROR, sync: false }));
}

const terminal = (destination: DestinationStream): DestinationStream => ({
  write: (line) => destination.write(plainLines(line)),
});
