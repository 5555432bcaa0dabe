import { lazy } from 'preact/compat';
import type { Page } from '../page.js';

const SagasPage = lazy(() => import('./sagas-page.js'));
const SagaPage = lazy(() => import('./saga-page.js'));

export const pages: readonly Page[] = [
  { path: '/processes', title: 'Processes', roles: ['support', 'admin'], inNav: true, component: SagasPage },
  { path: '/processes/:name/:id', title: 'Process', roles: ['support', 'admin'], inNav: false, component: SagaPage },
];
