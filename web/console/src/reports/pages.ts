import { lazy } from 'preact/compat';
import type { Page } from '../page.js';
import { REPORTS_PATH } from './texts.js';

const ReportsPage = lazy(() => import('./reports-page.js'));
const roles = ['analyst', 'admin'] as const;

export const pages: readonly Page[] = [
  { path: REPORTS_PATH, title: 'Reports', roles, inNav: true, component: ReportsPage },
  { path: `${REPORTS_PATH}/:report`, title: 'Reports', roles, inNav: false, component: ReportsPage },
];
