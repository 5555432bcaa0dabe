export { Compared, type Figure } from './compared.js';
export { CopyButton } from './copy-button.js';
export { PeriodFilters } from './period-filters.js';
export { before } from './periods.js';
export { linkTo, rowsText } from './texts.js';
export { useQuestion } from './use-question.js';
export { csvOf, type Question } from './use-report.js';
