import { runEngine } from './boot/run-engine.js';
import { startProblem } from './boot/start-error.js';

try {
  await runEngine(process.env);
} catch (error) {
  const problem = startProblem(error);
  console.error(problem === null ? error : `cannot start: ${problem}`);
  process.exitCode = 1;
}
