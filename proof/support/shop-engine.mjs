// The built engine over a directory of files: killed, started again at the same address, run by another program.
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort, isReady, launchEngine } from '../../bench/support/engine.mjs';

/** On a machine that does much else a start takes long. */
const START_SECONDS = 180;
export const subject = { root: join(fileURLToPath(import.meta.url), '../../..'), revision: 'this tree' };

export class ShopEngine {
  #directory;
  #env;
  #run;

  constructor(directory, port, env) {
    this.#directory = directory;
    this.port = port;
    this.#env = env;
  }

  /** @param {Record<string, string>} env settings beside the usual ones */
  static async over(directory, env = {}) {
    return new ShopEngine(directory, await freePort(), { SANDBOX_DELAY_MS: '100', ...env });
  }

  /** Resolves with its exit code, null where a signal ended it. */
  get ended() {
    return this.#run.ended;
  }

  get isRunning() {
    return this.#run.isRunning();
  }

  /** Starts it without waiting for anything. */
  launch({ runBy } = {}) {
    this.#run = launchEngine(subject, this.#directory, { port: this.port, env: this.#env, runBy });
  }

  async start(options) {
    this.launch(options);
    const deadline = Date.now() + START_SECONDS * 1000;
    while (!(await isReady(this.port))) {
      if (!this.isRunning) throw new Error(`the engine ended with ${await this.ended} instead of starting`);
      if (Date.now() > deadline) throw new Error('the engine does not get ready');
      await delay(20);
    }
  }

  /** Asks it to stop, as Ctrl-C does. */
  async stop() {
    this.#run.child.kill('SIGINT');
    return this.ended;
  }

  async kill() {
    this.#run.child.kill('SIGKILL');
    await this.ended;
  }
}
