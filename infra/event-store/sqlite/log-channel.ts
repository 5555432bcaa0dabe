import { realpathSync } from 'node:fs';
import { logPath } from './log-file.js';

/** Makes the name of the channel on which threads of a process announce commits to a log; it does not depend on the spelling of the path. */
export const channelOf = (directory: string): string => `events:${realpathSync(logPath(directory))}`;
