import { deriveId } from '../../shared/derive-id.js';

/** The id of a command that carries out a part of a saga's command: the same whenever the saga's is sent again. */
export const partId = (commandId: string, part: string): string => deriveId(commandId, part);

/** The part that records a request before somebody outside is asked. */
export const REQUEST_PART = 'request';
