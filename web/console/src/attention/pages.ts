import { lazy } from 'preact/compat';
import type { Page } from '../page.js';

const AttentionPage = lazy(() => import('./attention-page.js'));

export const pages: readonly Page[] = [
  { path: '/', title: 'Needs attention', roles: ['support', 'admin'], inNav: true, component: AttentionPage },
];
