// Where one test has failed a change is noticed: the others of the file are skipped. (Jest's `bail` goes by files, and Stryker
// runs without it.)
import { TestEnvironment } from 'jest-environment-node';

export default class StopAtFailure extends TestEnvironment {
  #failed = false;

  handleTestEvent({ name, test }) {
    if (name === 'test_fn_failure') this.#failed = true;
    if (name === 'test_start' && this.#failed) test.mode = 'skip';
  }
}
