import { translatedBy } from '../../sqlite/index.js';
import { SearchIndexUnavailableError } from '../search-index.js';

/** Translates an error of the driver to the port's; any other error is returned as it is. */
export const translated = translatedBy('the search index', SearchIndexUnavailableError);
