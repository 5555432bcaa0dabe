import Database from 'better-sqlite3'; // sqlite-files-are-opened-in-one-place
import { other } from '../../read-model-store/sqlite/store.js'; // adapters-do-not-know-each-other, the-event-store-knows-no-other-port
export const store = [other, Database];
