export const SEARCH_FILE = 'search.db';
/** Hits that searches are paged through; nothing is lost with it. */
export const PINS_FILE = 'search-pins.db';
