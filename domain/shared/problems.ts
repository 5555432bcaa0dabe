import { refuse } from './decider.js';
import type { Refused } from './decider.js';

/** What is wrong with what somebody sent, and where: a path such as `prices.0.to`, empty where the whole is meant. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

/** Refuses what cannot be taken as it is with all of its problems, of which there is at least one; `what` begins the sentence. */
export function refuseInvalid(code: string, what: string, problems: readonly Problem[]): Refused {
  const errors = problems.map(({ path, message }) => ({ path, message }));
  const [first = { path: '', message: 'is not valid' }, ...others] = errors;
  const more = others.length > 0 ? `, and ${others.length} more` : '';
  return refuse(code, `${what}: ${first.path || 'it'} ${first.message}${more}.`, { errors });
}

/** What codes of a list have to be. */
export interface CodeRule {
  readonly is: (code: string) => boolean;
  readonly message: string;
}

/** What is wrong with a list of codes, of which there has to be one. */
export function problemsOfCodes(
  path: string,
  codes: readonly string[] | undefined,
  { is, message }: CodeRule,
): Problem[] {
  if (codes === undefined) return [];
  if (codes.length === 0) return [{ path, message: 'must not be empty' }];
  return codes.flatMap((code, index) => (is(code) ? [] : [{ path: `${path}.${index}`, message }]));
}
