import { SingleBar, Presets } from 'cli-progress';

/** Shows how far long work is: a bar on a terminal, a line every few seconds elsewhere. */
export interface Progress {
  done(count?: number): void;
  stop(): void;
}

const LINE_EVERY_MS = 5_000;

export interface Extent {
  /** Absent where nobody knows how much there is. */
  readonly total?: number;
  /** What an earlier run has done, which does not count for the rate; default 0. */
  readonly already?: number;
}

/** Where progress is shown. */
export type Screen = NodeJS.WritableStream & { readonly isTTY?: boolean };

export function showProgress(what: string, extent: Extent, screen: Screen = process.stderr): Progress {
  return screen.isTTY === true ? bar(what, extent, screen) : lines(what, extent, screen);
}

function bar(what: string, { total, already = 0 }: Extent, stream: Screen): Progress {
  const format =
    total === undefined
      ? `${what} {value} · {rate}/s`
      : `${what} {bar} {value}/{total} · {rate}/s · {eta_formatted} left`;
  const single = new SingleBar({ format, stream, hideCursor: true }, Presets.shades_classic);
  const rate = rateSince(Date.now());
  let count = already;
  single.start(total ?? 0, already, { rate: 0 });
  return {
    done: (more = 1) => single.update((count += more), { rate: rate(count - already) }),
    stop: () => single.stop(),
  };
}

function lines(what: string, { total, already = 0 }: Extent, screen: Screen): Progress {
  const rate = rateSince(Date.now());
  let count = already;
  const tell = (): void => {
    const perSecond = rate(count - already);
    const of = total === undefined ? '' : ` of ${total}`;
    const isTold = total !== undefined && perSecond > 0;
    const left = isTold ? `, ${Math.ceil(Math.max(0, total - count) / perSecond)} s left` : '';
    screen.write(`${what}: ${count}${of}, ${perSecond}/s${left}\n`);
  };
  const timer = setInterval(tell, LINE_EVERY_MS);
  return {
    done: (more = 1) => {
      count += more;
    },
    stop: () => {
      clearInterval(timer);
      tell();
    },
  };
}

const rateSince =
  (start: number) =>
  (count: number): number =>
    Math.round(count / Math.max(0.001, (Date.now() - start) / 1000));
