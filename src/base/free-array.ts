// Memory of large arrays that is given back at once: a collector that sees a few small objects lets hundreds of megabytes wait.

/** A port that nobody listens to: what is handed over to it is gone. */
let drain: MessagePort | undefined;

function openDrain(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  return port1;
}

/** Gives back what `array` holds; nobody may use it or its buffer any more. */
export function freeArray({ buffer }: ArrayBufferView<ArrayBuffer>): void {
  drain ??= openDrain();
  drain.postMessage(null, [buffer]);
}
