import { Slider } from '@base-ui/react/slider';
import { momentText } from '../../../../shared/format/index.js';
import type { Moment } from '../timeline.js';

interface TimeSliderProps {
  readonly moments: readonly Moment[];
  /** The time that is shown; null is now. */
  readonly asOf: string | null;
  readonly onChange: (at: string | null) => void;
}

/** The last moment at or before a time; now is the place behind them all. */
function placeOf(moments: readonly Moment[], asOf: string | null): number {
  if (asOf === null) return Math.max(1, moments.length);
  return Math.max(
    0,
    moments.findLastIndex(({ at }) => at <= asOf),
  );
}

const said = (moment: Moment | undefined): string =>
  moment === undefined ? 'now' : `${momentText(moment.at)}: ${moment.titles.join(', ')}`;

/**
 * Takes the whole page back to what it showed at any moment of the order; its last place is now. Until the moments are known it
 * stands still.
 */
export function TimeSlider({ moments, asOf, onChange }: TimeSliderProps) {
  const place = placeOf(moments, asOf);
  return (
    <section className={`card time ${asOf === null ? '' : 'past'}`} aria-label="Time travel">
      <Slider.Root
        value={place}
        min={0}
        max={Math.max(1, moments.length)}
        step={1}
        disabled={moments.length === 0}
        onValueChange={(value) => onChange(moments[Number(value)]?.at ?? null)}
      >
        <div className="time-head">
          <Slider.Label className="time-label">Point in time</Slider.Label>
          <output className="time-value">{asOf === null ? 'Now' : momentText(asOf)}</output>
          {asOf === null ? null : (
            <button type="button" className="button" onClick={() => onChange(null)}>
              Back to now
            </button>
          )}
        </div>
        <Slider.Control className="slider">
          <Slider.Track className="slider-track">
            <Slider.Indicator className="slider-fill" />
            <Slider.Thumb className="slider-thumb" getAriaValueText={() => said(moments[place])} />
          </Slider.Track>
        </Slider.Control>
      </Slider.Root>
      <p className="soft time-note">
        {asOf === null
          ? 'The page follows what happens. Move the slider to see it as it was.'
          : `${moments[place]?.titles.join(' · ') ?? ''} — what has changed since is marked.`}
      </p>
    </section>
  );
}
