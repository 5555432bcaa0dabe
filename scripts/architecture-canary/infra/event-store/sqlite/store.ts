import { other } from '../../read-model-store/sqlite/store.js'; // adapters-do-not-know-each-other
export const store = other;
