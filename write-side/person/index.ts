export { forgetPerson } from './forget-person.js';
export type { Forgetting } from './forget-person.js';
