import { pages as attention } from './attention/pages.js';
import { pages as orders } from './orders/pages.js';
import type { Page } from './page.js';

/** Every page, in the order of the navigation; each context has its own in a folder of its own. */
export const pages: readonly Page[] = [...attention, ...orders];
