import type { Question } from './use-report.js';

/** Where the reports are in the analytics. */
export const REPORTS_PATH = '/analytics/reports';

/** The address with all that is asked, also what the page chose by itself. */
export function linkTo(question: Question): string {
  const link = new URL(location.href);
  link.search = new URLSearchParams({ ...question }).toString();
  return link.href;
}

/** How many rows a report has. */
export function rowsText(count: number, isWhole: boolean): string {
  if (count === 0) return 'There was nothing in this time.';
  return `${count === 1 ? 'One row' : `${count} rows`}${isWhole ? '' : ', and there are more'}`;
}
