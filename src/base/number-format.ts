// Numbers as people read them: thousands separated, fixed decimals, – for a missing value, units with SI prefixes.

const GROUPED = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

export const MISSING = '–';

export function grouped(value: number): string {
  return GROUPED.format(value);
}

/** Fixed decimals, or – where there is no value. */
export function fixed(value: number | null | undefined, decimals: number): string {
  return value === null || value === undefined || Number.isNaN(value) ? MISSING : value.toFixed(decimals);
}

/** 412 B, 1.3 kB, 10.3 MB, 1.59 GB (powers of 1000). */
export function byteSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(value >= 10 ? 1 : 2)} ${units[unit]}`;
}

/** 9 s, 2 min 5 s, 1 h 12 min. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** The largest of 1, 2, 5 × 10^n that does not exceed `limit`: lengths of scale bars. */
export function niceBelow(limit: number): number {
  const power = 10 ** Math.floor(Math.log10(limit));
  const lead = limit / power;
  return (lead >= 5 ? 5 : lead >= 2 ? 2 : 1) * power;
}
