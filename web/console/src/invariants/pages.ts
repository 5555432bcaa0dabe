import { lazy } from 'preact/compat';
import type { Page } from '../page.js';

const InvariantsPage = lazy(() => import('./invariants-page.js'));

export const pages: readonly Page[] = [
  { path: '/invariants', title: 'Invariants', roles: ['support', 'admin'], inNav: true, component: InvariantsPage },
];
