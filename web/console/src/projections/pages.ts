import { lazy } from 'preact/compat';
import type { Page } from '../page.js';

const ProjectionsPage = lazy(() => import('./projections-page.js'));

export const pages: readonly Page[] = [
  { path: '/read-models', title: 'Read models', roles: ['support', 'admin'], inNav: true, component: ProjectionsPage },
];
