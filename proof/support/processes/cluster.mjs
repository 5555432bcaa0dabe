// Several engines over one data directory, some of which are killed and come back.
import { openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startEngine, temporaryDirectory } from '../../../bench/support/engine.mjs';
import { defectsIn } from './defects.mjs';

export class Cluster {
  kills = 0;
  #engines = [];
  #isHarassed = false;
  #harassment = Promise.resolve();
  #log = temporaryDirectory(tmpdir());
  #logPath = join(this.#log.path, 'log');

  constructor(subject, directory, roles) {
    Object.assign(this, { directory, roles, subject: { ...subject, logFile: openSync(this.#logPath, 'a') } });
  }

  /** @param {(string | undefined)[]} roles those of each engine; undefined: all */
  static async open(subject, directory, roles) {
    const cluster = new Cluster(subject, directory, roles);
    for (const index of roles.keys()) await cluster.#start(index);
    return cluster;
  }

  /** Those that are up and answer requests. */
  get desks() {
    return this.#engines.filter((engine, index) => engine !== null && this.roles[index] !== WORKERS);
  }

  async #start(index) {
    const roles = this.roles[index];
    const env = { SANDBOX_DELAY_MS: '100', ...(roles && { ROLES: roles }) };
    this.#engines[index] = await startEngine(this.subject, this.directory, env);
  }

  /** As a power cut ends a process, and another start. */
  async #killAndStart(index, pauseMs) {
    const { pid } = this.#engines[index];
    this.#engines[index] = null;
    process.kill(pid, 'SIGKILL');
    this.kills += 1;
    await delay(pauseMs);
    await this.#start(index);
  }

  /** From now on one after the other is killed, now and then all of them at once. */
  harass(random) {
    this.#isHarassed = true;
    this.#harassment = this.#goOnKilling(random);
    this.#harassment.catch(() => undefined);
  }

  async #goOnKilling(random) {
    while (this.#isHarassed) {
      await delay(100 + random.below(900));
      if (!this.#isHarassed) return;
      const all = [...this.#engines.keys()];
      const victims = random.chance(0.2) ? all : [random.of(all)];
      await Promise.all(victims.map((index) => this.#killAndStart(index, random.below(400))));
    }
  }

  /** Resolves when all are up. */
  async leaveInPeace() {
    this.#isHarassed = false;
    await this.#harassment;
  }

  async stop() {
    await this.leaveInPeace();
    for (const engine of this.#engines) await engine?.stop();
  }

  /** What any of them has said that is a bug, a line each. */
  defects() {
    return defectsIn(readFileSync(this.#logPath, 'utf8'));
  }
}

/** The roles of an engine that takes no requests of shoppers. */
export const WORKERS = 'sagas,projections';
