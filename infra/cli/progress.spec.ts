import { jest } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { showProgress, type Screen } from './progress.js';

/** A screen and what was written to it since it was last asked. */
function screen(isTTY: boolean) {
  const written = new PassThrough({ encoding: 'utf8' });
  const stream: Screen = Object.assign(written, { isTTY, columns: 200 });
  return { stream, text: () => String(written.read() ?? '') };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('progress elsewhere than on a terminal', () => {
  it('is a line every five seconds with the rate since the start and the time left, and a last one', () => {
    const { stream, text } = screen(false);
    const progress = showProgress('copy', { total: 1000 }, stream);
    progress.done(100);
    jest.advanceTimersByTime(4_999);
    expect(text()).toBe('');
    jest.advanceTimersByTime(1);
    expect(text()).toBe('copy: 100 of 1000, 20/s, 45 s left\n');
    progress.done(500);
    jest.advanceTimersByTime(5_000);
    expect(text()).toBe('copy: 600 of 1000, 60/s, 7 s left\n');
    progress.done(400);
    progress.stop();
    expect(text()).toBe('copy: 1000 of 1000, 100/s, 0 s left\n');
    jest.advanceTimersByTime(60_000);
    expect(text()).toBe('');
  });

  it('counts what an earlier run has done as done, but not for the rate', () => {
    const { stream, text } = screen(false);
    const progress = showProgress('copy', { total: 1000, already: 800 }, stream);
    for (let step = 0; step < 50; step += 1) progress.done();
    jest.advanceTimersByTime(5_000);
    expect(text()).toBe('copy: 850 of 1000, 10/s, 15 s left\n');
    progress.stop();
  });

  it('tells no time left while nothing is done', () => {
    const { stream, text } = screen(false);
    const progress = showProgress('copy', { total: 10, already: 4 }, stream);
    jest.advanceTimersByTime(5_000);
    expect(text()).toBe('copy: 4 of 10, 0/s\n');
    progress.stop();
  });
});

describe('progress of work whose end nobody knows', () => {
  it.each([false, true])('is how much was done and how fast (on a terminal: %s)', (isTTY) => {
    const { stream, text } = screen(isTTY);
    const progress = showProgress('compare', {}, stream);
    jest.advanceTimersByTime(5_000);
    progress.done(300);
    progress.stop();
    const shown = text();
    expect(shown).toMatch(isTTY ? 'compare 300 · 60/s' : 'compare: 300, 60/s');
    expect(shown).not.toMatch(/left|of|░/);
  });
});

describe('progress on a terminal', () => {
  it('is a bar that goes on where an earlier run was, with the rate and the time left of this one', () => {
    const { stream, text } = screen(true);
    const progress = showProgress('copy', { total: 1000, already: 800 }, stream);
    expect(text()).toMatch(/copy █+░+ 800\/1000 · 0\/s · /);
    for (let second = 0; second < 5; second += 1) {
      jest.advanceTimersByTime(1_000);
      progress.done(10);
    }
    jest.advanceTimersByTime(200);
    expect(text()).toMatch(/copy █+░+ 850\/1000 · 10\/s · 15s left/);
    progress.done(150);
    progress.stop();
    expect(text()).toMatch(/copy █+ 1000\/1000 · /);
  });
});
