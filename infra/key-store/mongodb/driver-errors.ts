import { KeyStoreUnavailableError } from '../errors.js';
import { isMongoAway, messageOf } from '../../mongodb/index.js';

/** Translates an error of the driver to the port's; any other error is returned as it is. */
export function translated(error: unknown): unknown {
  if (!isMongoAway(error)) return error;
  return new KeyStoreUnavailableError(`the key store cannot answer: ${messageOf(error)}`, { cause: error });
}

export async function answer<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    throw translated(error);
  }
}
