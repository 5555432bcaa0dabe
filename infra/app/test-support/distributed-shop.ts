import { ROLES, type Role } from '../../config/index.js';
import type { EngineProcess } from './engine-process.js';
import type { Engines } from './engines.js';
import { settingsFor, type ServerUrls } from './fresh-servers.js';
import { Gateway } from './gateway.js';

const LEADER_ROLES = {
  sagas: {
    works: '"runs the sagas"',
    standsBy: 'another process runs the sagas: standing by',
  },
  projections: {
    works: '"keeps the read models"',
    standsBy: 'another process keeps the read models: standing by',
  },
};

/** Roles that one process at a time has. */
export type LeaderRole = keyof typeof LEADER_ROLES;

/** Whether it said last of this role that another process has it. */
export const standsBy = ({ child }: EngineProcess, role: LeaderRole): boolean =>
  child.output.lastIndexOf(LEADER_ROLES[role].standsBy) > child.output.lastIndexOf(LEADER_ROLES[role].works);

/** How often the place of the sagas in the log could not be stored, because another process has moved it. */
export const refusalsOf = ({ child }: EngineProcess): number =>
  child.output.split('saga cursor was moved by another runner').length - 1;

const worked = ({ child }: EngineProcess, role: LeaderRole): boolean => child.output.includes(LEADER_ROLES[role].works);

function isAtWork({ child }: EngineProcess, role: LeaderRole): boolean {
  const { works, standsBy } = LEADER_ROLES[role];
  return child.output.lastIndexOf(works) > child.output.lastIndexOf(standsBy);
}

/** Every role as two processes that share nothing but servers, behind one origin. */
export class DistributedShop {
  private constructor(
    readonly gateway: Gateway,
    private readonly processes: Readonly<Record<Role, readonly EngineProcess[]>>,
  ) {}

  static async start(engines: Engines, urls: ServerUrls): Promise<DistributedShop> {
    const reads: EngineProcess[] = [];
    const writes: EngineProcess[] = [];
    const gateway = await new Gateway({ reads, writes }).open();
    const env = { ...settingsFor(urls), WEBHOOK_URL: gateway.url };
    const pair = (role: Role): Promise<EngineProcess[]> =>
      Promise.all([1, 2].map(() => engines.start({ env: { ...env, ROLES: role } })));
    const started = await Promise.all(ROLES.map(async (role) => [role, await pair(role)] as const));
    const processes = Object.fromEntries(started) as Record<Role, EngineProcess[]>;
    reads.push(...processes['read-api']);
    writes.push(...processes['write-side']);
    return new DistributedShop(gateway, processes);
  }

  all(): readonly EngineProcess[] {
    return ROLES.flatMap((role) => this.processes[role]);
  }

  /** The process that is at work for a role: it said so, and has not stood by since. */
  atWork(role: LeaderRole): EngineProcess {
    const working = this.processes[role].find((process) => isAtWork(process, role));
    if (working === undefined) throw new Error(`nobody is at work for ${role}`);
    return working;
  }

  /** Whether both have been at work for it: the second took over from the first. */
  hasPassed(role: LeaderRole): boolean {
    return this.processes[role].every((process) => worked(process, role));
  }

  /** The first process of each role: for the two that stand by for each other the one at work. */
  oneOfEach(): readonly EngineProcess[] {
    const [writeSide] = this.processes['write-side'];
    const [readApi] = this.processes['read-api'];
    const found = [writeSide, readApi, this.atWork('sagas'), this.atWork('projections')];
    return found.filter((process) => process !== undefined);
  }

  close(): Promise<void> {
    return this.gateway.close();
  }
}
