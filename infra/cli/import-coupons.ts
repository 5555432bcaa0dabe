import { hash } from 'node:crypto';
import { problemLine, type Answer, type ApiClient } from './api-client.js';
import { CliError } from './cli-error.js';
import { codeOf, COUPON_LINES, type CouponLine } from './coupon-line.js';
import { inParallel } from '../shared/in-parallel.js';
import { isRepeatable, readRecords, type NdjsonLine } from './ndjson-file.js';
import { showProgress } from './progress.js';

type Api = Pick<ApiClient, 'call'>;
type Line = NdjsonLine<CouponLine>;

export interface CouponImportOptions {
  readonly promotion: string;
  readonly token: string;
  readonly concurrency: number;
}

export interface CouponImportResult {
  /** By this run, or by an earlier one that asked for the same. */
  readonly created: number;
  /** Of the promotion already. */
  readonly known: number;
  /** One line a refused coupon, with its place in the file and its code. */
  readonly refused: readonly string[];
  readonly seconds: number;
}

/** The most that the engine takes in one request. */
const AT_ONCE = 5_000;

/**
 * Creates the coupons of a file, CSV or NDJSON. Running it again is harmless and goes on where an earlier run was cut off: each request
 * has a key that follows from what it asks for, and coupons that the promotion has already are left as they are. A file is read
 * through before anything is sent, so that a damaged one changes nothing.
 * @throws CliError naming the line that cannot be imported
 */
export async function importCoupons(
  client: Api,
  file: string,
  options: CouponImportOptions,
): Promise<CouponImportResult> {
  const started = Date.now();
  const progress = showProgress('coupons', isRepeatable(file) ? { total: await countLines(file) } : {});
  const importer = new CouponImporter(client, options);
  try {
    await inParallel(requestsOf(file), options.concurrency, async (lines) => {
      await importer.create(lines);
      progress.done(lines.length);
    });
  } finally {
    progress.stop();
  }
  const { created, known, refused } = importer;
  return { created, known, refused, seconds: (Date.now() - started) / 1000 };
}

async function countLines(file: string): Promise<number> {
  let count = 0;
  for await (const _ of readRecords(file, COUPON_LINES)) count++;
  return count;
}

/** Lines of equal limits, as many as go into one request. */
async function* requestsOf(file: string): AsyncGenerator<readonly Line[]> {
  const open = new Map<string, Line[]>();
  for await (const line of readRecords(file, COUPON_LINES)) {
    const { uses, usesPerCustomer } = line.value;
    const limits = `${uses} ${usesPerCustomer}`;
    const lines = open.get(limits) ?? [];
    lines.push(line);
    open.set(limits, lines);
    if (lines.length < AT_ONCE) continue;
    open.delete(limits);
    yield lines;
  }
  yield* open.values();
}

class CouponImporter {
  created = 0;
  known = 0;
  readonly refused: string[] = [];
  private readonly path: string;
  private own: Promise<ReadonlySet<string>> | null = null;

  constructor(
    private readonly client: Api,
    private readonly options: CouponImportOptions,
  ) {
    this.path = `/v1/promotions/${encodeURIComponent(options.promotion)}/coupons`;
  }

  async create(lines: readonly Line[]): Promise<void> {
    for (let left = lines; left.length > 0;) {
      const answer = await this.send(left);
      if (answer.status === 201) {
        this.created += left.length;
        return;
      }
      left = await this.without(left, answer);
    }
  }

  private send(lines: readonly Line[]): Promise<Answer> {
    const { code: _, ...limits } = lines[0]?.value ?? { code: '' };
    const body = { codes: lines.map(({ value }) => codeOf(value.code)), ...limits };
    const { token, promotion } = this.options;
    const key = `coupon-import:${hash('sha256', JSON.stringify([promotion, body]))}`;
    return this.client.call({ method: 'POST', path: this.path, body, key, token });
  }

  /** The lines but those that the answer is about. @throws CliError where it is about the whole request */
  private async without(lines: readonly Line[], answer: Answer): Promise<readonly Line[]> {
    const { code, codes, errors } = answer.body;
    if (code === 'COUPON.CODE_TAKEN' && Array.isArray(codes)) return this.withoutTaken(lines, new Set(codes));
    const flaws = code === 'COUPON.INVALID' && Array.isArray(errors) ? flawsOf(errors) : new Map<number, string>();
    if (flaws.size === 0) throw new CliError(`${this.options.promotion}: ${problemLine(answer)}`);
    return lines.filter(({ value, where }, place) => {
      const flaw = flaws.get(place);
      if (flaw !== undefined) this.refused.push(`${where} ${value.code}: ${flaw}`);
      return flaw === undefined;
    });
  }

  private async withoutTaken(lines: readonly Line[], taken: ReadonlySet<unknown>): Promise<readonly Line[]> {
    this.own ??= this.ownCodes();
    const own = await this.own;
    return lines.filter(({ value, where }) => {
      const code = codeOf(value.code);
      if (!taken.has(code)) return true;
      if (own.has(code)) this.known++;
      else this.refused.push(`${where} ${value.code}: is a coupon of another promotion`);
      return false;
    });
  }

  /** The codes that the promotion has; those that this run creates are not asked about. */
  private async ownCodes(): Promise<ReadonlySet<string>> {
    const codes = new Set<string>();
    const { token } = this.options;
    for (let cursor: unknown = ''; cursor !== null;) {
      const from = cursor === '' ? '' : `&cursor=${encodeURIComponent(String(cursor))}`;
      const { status, body } = await this.client.call({ method: 'GET', path: `${this.path}?limit=100${from}`, token });
      if (status !== 200) throw new CliError(problemLine({ status, body }));
      for (const { code } of body['items'] as readonly { readonly code: string }[]) codes.add(code);
      cursor = body['nextCursor'] ?? null;
    }
    return codes;
  }
}

/** What is wrong with which code of a request, by its place. */
function flawsOf(errors: readonly unknown[]): ReadonlyMap<number, string> {
  const flaws = new Map<number, string>();
  for (const error of errors) {
    const { path, message } = error as { readonly path: string; readonly message: string };
    const place = /^codes\[(\d+)\]$/.exec(path)?.[1];
    if (place !== undefined) flaws.set(Number(place), message);
  }
  return flaws;
}
