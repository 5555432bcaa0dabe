import { withoutCaseAndAccents } from './tokens.js';

/** What names are ordered by: “Éclair” stands beside “eclair”, “Øre” beside “ore”. */
export const nameKey = (name: string): string => withoutCaseAndAccents(name);
