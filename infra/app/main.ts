import { ConfigError } from '../config/index.js';
import { StoreRefusedError } from '../event-store/index.js';
import { runEngine } from './run-engine.js';

try {
  await runEngine(process.env);
} catch (error) {
  // What the user can mend is told plainly; anything else is a bug and keeps its stack.
  const mendable = error instanceof ConfigError || error instanceof StoreRefusedError;
  console.error(mendable && error instanceof Error ? `cannot start: ${error.message}` : error);
  process.exitCode = 1;
}
