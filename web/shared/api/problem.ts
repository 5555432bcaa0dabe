import type { Schema } from './client.js';

/** The members of a problem document that a page shows. */
export type Problem = Pick<Schema<'Problem'>, 'status' | 'code' | 'title' | 'detail' | 'errors'>;

/** The engine refused a request and said why. */
export class ApiProblem extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
    this.name = 'ApiProblem';
  }
}

/** The engine did not answer, or something between answered for it. */
export class EngineAway extends Error {
  constructor() {
    super('The engine does not answer.');
    this.name = 'EngineAway';
  }
}

/** What an answer says of a refusal, also where what answers is not the engine and sends no problem document. */
export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  if (isProblem(body)) return body;
  const title = response.statusText || `Status ${response.status}`;
  return {
    status: response.status,
    code: 'REQUEST.FAILED',
    title,
    detail: `The request was answered ${response.status}.`,
  };
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && 'detail' in body && 'title' in body;

/** What went wrong in a sentence; the fields that were refused are named. */
export function explain(error: unknown): string {
  if (error instanceof ApiProblem) {
    const { detail, errors = [] } = error.problem;
    const more = errors.filter(({ message }) => !detail.includes(message));
    return [detail, ...more.map(({ path, message }) => `${path}: ${message}`)].join(' ');
  }
  return error instanceof Error ? error.message : String(error);
}

/** Whether an error is a refusal with this status. */
export const hasStatus = (error: unknown, status: number): boolean =>
  error instanceof ApiProblem && error.problem.status === status;
