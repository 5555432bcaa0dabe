import { lazy } from 'preact/compat';
import type { Page } from '../page.js';
import { pages as reports } from '../reports/pages.js';
import { pages as sales } from '../sales/pages.js';

const EventsPage = lazy(() => import('./events/events-page.js'));
const ExportPage = lazy(() => import('./export-page.js'));

const roles = ['analyst', 'admin'] as const;

/** Every page for analysts, in the order of their navigation; each begins with `/analytics`. */
export const analyticsPages: readonly Page[] = [
  ...sales.map((page) => ({ ...page, path: `/analytics${page.path}` })),
  ...reports,
  { path: '/analytics/events', title: 'Events', roles, inNav: true, component: EventsPage },
  { path: '/analytics/export', title: 'Export', roles, inNav: true, component: ExportPage },
];
