import { lazy } from 'preact/compat';
import type { Page } from '../page.js';

const ProjectionsPage = lazy(() => import('./projections-page.js'));
const ProjectionPage = lazy(() => import('./projection-page.js'));

export const pages: readonly Page[] = [
  { path: '/read-models', title: 'Read models', roles: ['support', 'admin'], inNav: true, component: ProjectionsPage },
  {
    path: '/read-models/:name',
    title: 'Read model',
    roles: ['support', 'admin'],
    inNav: false,
    component: ProjectionPage,
  },
];
