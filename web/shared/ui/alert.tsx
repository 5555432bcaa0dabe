import type { ComponentChildren } from 'preact';
import { EngineAway, explain } from '../api/index.js';

interface AlertProps {
  readonly error: unknown;
  readonly children?: ComponentChildren;
  /** Of something that was to be done. What is shown alone need not say that the engine is away: the page says so at its head. */
  readonly isOfAction?: boolean;
}

/** What went wrong, told at once to who cannot see it. Nothing is shown without an error. */
export function Alert({ error, children, isOfAction = false }: AlertProps) {
  if (error === null || error === undefined || (error instanceof EngineAway && !isOfAction)) return null;
  return (
    <div role="alert" className="alert">
      <p>{explain(error)}</p>
      {children}
    </div>
  );
}
