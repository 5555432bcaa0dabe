export { authorizationSaga } from './authorization.js';
