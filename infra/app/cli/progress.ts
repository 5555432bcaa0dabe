import { SingleBar, Presets } from 'cli-progress';

/** Shows how far long work is: a bar on a terminal, a line every few seconds elsewhere; on standard error. */
export interface Progress {
  done(count?: number): void;
  stop(): void;
}

const LINE_EVERY_MS = 5_000;

export function showProgress(what: string, total: number): Progress {
  return process.stderr.isTTY ? bar(what, total) : lines(what, total);
}

function bar(what: string, total: number): Progress {
  const format = `${what} {bar} {value}/{total} · {rate}/s · {eta_formatted} left`;
  const single = new SingleBar({ format, stream: process.stderr, hideCursor: true }, Presets.shades_classic);
  const rate = rateSince(Date.now());
  let count = 0;
  single.start(total, 0, { rate: 0 });
  return {
    done: (more = 1) => single.update((count += more), { rate: rate(count) }),
    stop: () => single.stop(),
  };
}

function lines(what: string, total: number): Progress {
  const rate = rateSince(Date.now());
  let count = 0;
  const tell = (): void => {
    process.stderr.write(`${what}: ${count} of ${total}, ${rate(count)}/s\n`);
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
