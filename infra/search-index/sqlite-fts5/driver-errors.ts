import { translatedBy } from '../../sqlite/index.js';
import { SearchIndexUnavailableError } from '../search-index.js';

/** The port's error for a driver's; anything else is handed through. */
export const translated = translatedBy('the search index', SearchIndexUnavailableError);
