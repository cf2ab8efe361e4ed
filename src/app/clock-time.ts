// When something was saved, as a person says it.

/** "12:03" today, "21 Nov 2026, 12:03" before; `time` in milliseconds since 1970. */
export function clockTime(time: number, now = Date.now()): string {
  const then = new Date(time);
  const clock = then.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (then.toDateString() === new Date(now).toDateString()) return clock;
  return `${then.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })}, ${clock}`;
}
