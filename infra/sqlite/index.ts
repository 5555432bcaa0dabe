export { openDerivedFile, type DerivedFile } from './derived-file.js';
export { isMissingTable, translatedBy } from './sqlite-errors.js';
