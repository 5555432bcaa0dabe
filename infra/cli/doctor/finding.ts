import { startProblem } from '../../app/boot/start-error.js';

export interface Finding {
  readonly ok: boolean;
  readonly line: string;
}

export const well = (line: string): Finding => ({ ok: true, line });
export const wrong = (line: string): Finding => ({ ok: false, line });

export interface Attempt<Value> {
  readonly finding: Finding;
  readonly value?: Value;
}

/** The line where the work succeeds, else with what was wrong behind it. */
export async function attempt<Value>(line: string, work: () => Value | Promise<Value>): Promise<Attempt<Value>> {
  try {
    return { finding: well(line), value: await work() };
  } catch (error) {
    const problem = startProblem(error) ?? (error instanceof Error ? error.message : String(error));
    return { finding: wrong(`${line}: ${problem.replaceAll('\n', '; ')}`) };
  }
}
