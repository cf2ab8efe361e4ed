// Reads the elements of an EBML file for tests; shares no code with the writer. Master elements are those of the list.

export interface EbmlElement {
  /** As Matroska's tables print it. */
  readonly id: number;
  /** Byte of the id in the file. */
  readonly at: number;
  /** First byte after the body. */
  readonly end: number;
  readonly body: Uint8Array;
  readonly children: readonly EbmlElement[];
}

const MASTERS = new Set([
  0x1a45dfa3, 0x18538067, 0x114d9b74, 0x4dbb, 0x1549a966, 0x1654ae6b, 0xae, 0xe0, 0x55b0, 0x1f43b675, 0x1c53bb6b, 0xbb, 0xb7,
  0x1254c367, 0x7373, 0x67c8,
]);

export function readEbml(bytes: Uint8Array, from = 0, to = bytes.length): EbmlElement[] {
  const found: EbmlElement[] = [];
  for (let at = from; at < to; ) {
    const idBytes = Math.clz32(bytes[at]!) - 23;
    let id = 0;
    for (let i = 0; i < idBytes; i++) id = id * 256 + bytes[at + i]!;
    const start = at + idBytes;
    const sizeBytes = Math.clz32(bytes[start]!) - 23;
    let size = bytes[start]! & (0xff >> sizeBytes);
    for (let i = 1; i < sizeBytes; i++) size = size * 256 + bytes[start + i]!;
    const body = start + sizeBytes;
    const unknown = bytes.subarray(start + 1, body).every((byte) => byte === 255) && size >= 2 ** (7 * sizeBytes) - 1;
    const end = unknown ? to : body + size;
    if (idBytes > 4 || sizeBytes > 8 || end > to) throw new Error(`no element at byte ${at}`);
    found.push({
      id,
      at,
      end,
      body: bytes.subarray(body, end),
      children: MASTERS.has(id) ? readEbml(bytes, body, end) : [],
    });
    at = end;
  }
  return found;
}

/** All elements along a path of ids. */
export function ebmlAt(elements: readonly EbmlElement[], ...path: readonly number[]): EbmlElement[] {
  const [id, ...rest] = path;
  const here = elements.filter((one) => one.id === id);
  return rest.length === 0 ? here : here.flatMap(({ children }) => ebmlAt(children, ...rest));
}

export function ebmlNumber({ body }: EbmlElement): number {
  return body.reduce((value, byte) => value * 256 + byte, 0);
}

export function ebmlText({ body }: EbmlElement): string {
  return new TextDecoder().decode(body);
}
