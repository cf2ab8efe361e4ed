// The rounding of the reference command line (neurofinder-python 1.1.1): four places, half to even of x · 10⁴, so that
// 0.03125 prints as 0.0312 where toFixed(4) would say 0.0313.

/** The nearest whole number; halves go to the even one. */
export function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}

/** `value` rounded to four places as the reference prints it. */
export function roundScore(value: number): number {
  return roundHalfToEven(value * 1e4) / 1e4;
}

/** `value` as text with four decimals, rounded as the reference does. */
export function formatScore(value: number): string {
  return roundScore(value).toFixed(4);
}
