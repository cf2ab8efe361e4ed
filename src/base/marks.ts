// Marks in the browser's timeline that the benchmark reads. Each is kept once: a session would pile up thousands.

/** Sets a mark in place of the last one of that name. */
export function mark(name: string): void {
  performance.clearMarks(name);
  performance.mark(name);
}
