import { store } from '../../infra/event-store/sqlite/store.js'; // domain-imports-nothing
import { secret } from '../order/decider.js'; // contexts-meet-at-their-index
export const decider = [store, secret];
