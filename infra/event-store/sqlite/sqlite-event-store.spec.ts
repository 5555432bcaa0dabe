import { eventStoreContract } from '../event-store.contract.js';
import { openTemporaryEventStore } from '../test-support/index.js';

eventStoreContract('SQLite', openTemporaryEventStore);
