// Gives the memory of arrays back at once. Big buffers that wait for the garbage collector are what makes a page's memory peak:
// a pass over a movie makes thousands of them, each of use for milliseconds.
//
// Only for arrays that this script itself made with `new`: what came from the browser (a blob's bytes, a message) stays with
// the browser until it is collected, and the collector, no longer told of it, comes later.

interface Transferable {
  /** ECMAScript 2024; where a browser lacks it, the collector does the work later. */
  transfer?(newLength: number): ArrayBuffer;
}

/** Detaches the buffers of arrays that nobody will read again; what lies in the same buffers is gone, too. */
export function release(...arrays: readonly ArrayBufferView<ArrayBuffer>[]): void {
  for (const array of arrays) (array.buffer as Transferable).transfer?.(0);
}
