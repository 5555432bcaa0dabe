import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

interface PeriodChartProps {
  readonly days: readonly string[];
  /** By day. */
  readonly now: readonly number[];
  /** The same of the period before, day by day. */
  readonly before: readonly number[];
  /** As it stands at the axis. */
  readonly text: (figure: number) => string;
}

const HEIGHT = 260;

/** The colour that a class has in the scheme that is in force: a canvas cannot read custom properties. */
function colourOf(host: HTMLElement, name: string): string {
  const probe = document.createElement('span');
  probe.className = name;
  host.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

function optionsFor(host: HTMLElement, text: PeriodChartProps['text']): uPlot.Options {
  const [ink, accent, line] = [colourOf(host, 'soft'), colourOf(host, 'chart-now'), colourOf(host, 'chart-line')];
  const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 } };
  return {
    width: host.clientWidth,
    height: HEIGHT,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'UTC'),
    legend: { show: false },
    cursor: { y: false },
    scales: { y: { range: (_chart, _least, most) => [0, Math.max(most * 1.08, 1)] } },
    axes: [axis, { ...axis, size: 84, values: (_chart, ticks) => ticks.map(text) }],
    series: [
      {},
      { label: 'before', stroke: ink, width: 1.5, dash: [4, 4], points: { show: false } },
      { label: 'now', stroke: accent, width: 2.5, points: { show: true, size: 6, fill: accent } },
    ],
  };
}

/** A figure by day with the period before; the table below it says the same to who cannot see it. */
export default function PeriodChart({ days, now, before, text }: PeriodChartProps) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = host.current;
    if (place === null) return;
    let chart: uPlot | null = null;
    const draw = () => {
      chart?.destroy();
      const seconds = days.map((day) => Date.parse(day) / 1000);
      chart = new uPlot(optionsFor(place, text), [seconds, [...before], [...now]], place);
    };
    draw();
    const resized = new ResizeObserver(() => chart?.setSize({ width: place.clientWidth, height: HEIGHT }));
    resized.observe(place);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', draw);
    return () => {
      scheme.removeEventListener('change', draw);
      resized.disconnect();
      chart?.destroy();
    };
  }, [days.join(), now.join(), before.join()]);
  return <div ref={host} className="chart" aria-hidden="true" />;
}
