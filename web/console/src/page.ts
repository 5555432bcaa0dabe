import type { ComponentType } from 'preact';
import type { Role } from './session.js';

/** What a context shows in the console. Its folder exports its pages, and `pages.ts` lists them. */
export interface Page {
  /** Below `/console`, such as `/orders/:id`. */
  readonly path: string;
  readonly title: string;
  /** Whose token opens it. */
  readonly roles: readonly Role[];
  /** Whether the navigation has it; what has a parameter in its path has no place there. */
  readonly inNav: boolean;
  readonly component: ComponentType;
}
