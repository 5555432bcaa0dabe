export { lookIntoDerivedFile, openDerivedFile, type DerivedFile } from './derived-file.js';
export { leavingAlone } from './leaving-alone.js';
export { isMissingTable, translatedBy } from './sqlite-errors.js';
