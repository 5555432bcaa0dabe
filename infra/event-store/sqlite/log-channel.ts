import { realpathSync } from 'node:fs';
import { logPath } from './log-file.js';

/** Name of the channel on which the threads of a process hear of commits to a log, however they spell its path. */
export const channelOf = (directory: string): string => `events:${realpathSync(logPath(directory))}`;
