import type { Figures } from '../history.ts';

/** `loss 0.0312  accuracy 99.10 %`: shares are shown in percent, other numbers with four digits. */
export function formatFigures({ loss, metrics }: Figures): string {
  const parts = Object.entries(metrics).map(([name, value]) => `${name} ${formatFigure(name, value)}`);
  return [`loss ${formatFigure('loss', loss)}`, ...parts].join('  ');
}

/** A figure as its name asks for: shares in percent, other numbers with four digits. */
export function formatFigure(name: string, value: number): string {
  if (isShare(name)) return `${(100 * value).toFixed(2)} %`;
  return Math.abs(value) >= 1e-3 || value === 0 ? value.toFixed(4) : value.toExponential(2);
}

/** Whether a figure of this name is a share, so that percents say more. */
export function isShare(name: string): boolean {
  return /accuracy|precision|recall|^f1|^top-?\d/i.test(name);
}

/** Seconds as `9 s`, `1:05` or `2:03:04`. */
export function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const pad = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
}

/** A whole number with its thousands apart, the same in every country. */
export function formatCount(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}
