import { lazy } from 'preact/compat';
import type { Page } from '../page.js';

const SalesPage = lazy(() => import('./sales-page.js'));

export const pages: readonly Page[] = [
  { path: '/sales', title: 'Sales', roles: ['analyst', 'admin'], inNav: true, component: SalesPage },
];
