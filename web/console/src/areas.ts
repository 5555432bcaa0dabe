import { analyticsPages } from './analytics/pages.js';
import type { Page } from './page.js';
import { pages as consolePages } from './pages.js';
import type { Role } from './session.js';

/** Pages that have a navigation of their own. */
export interface Area {
  readonly title: string;
  /** Below `/console`. */
  readonly path: string;
  readonly pages: readonly Page[];
}

const ANALYTICS: Area = { title: 'Analytics', path: '/analytics', pages: analyticsPages };
const CONSOLE: Area = { title: 'Console', path: '/', pages: consolePages };

/** Where a role begins. */
export const homeOf = (role: Role): string => (role === 'analyst' ? ANALYTICS.path : CONSOLE.path);

/** The areas that have something for a role, with what that is. */
export const areasOf = (role: Role): readonly Area[] =>
  [CONSOLE, ANALYTICS]
    .filter((area) => role !== 'analyst' || area === ANALYTICS)
    .map((area) => ({ ...area, pages: area.pages.filter(({ roles }) => roles.includes(role)) }))
    .filter(({ pages }) => pages.length > 0);

/** The area that an address is in. */
export const areaAt = (areas: readonly Area[], location: string): Area | undefined =>
  areas.find(({ path }) => path !== '/' && (location === path || location.startsWith(`${path}/`))) ?? areas[0];
