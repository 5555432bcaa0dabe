import { translatedBy } from '../../sqlite/index.js';
import { ReadStoreUnavailableError } from '../read-store.js';

/** The port's error for a driver's; anything else is handed through. */
export const translated = translatedBy('the read store', ReadStoreUnavailableError);
