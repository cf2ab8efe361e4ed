// Files below a root, kept in memory: for tests of formats that are folders.

type Content = string | Uint8Array<ArrayBuffer>;

interface MemorySource {
  readonly name: string;
  readonly size: number;
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** Texts and bytes by path; a range beyond a file's end is cut off with a RangeError. */
export function memoryStore(files: Readonly<Record<string, Content>>) {
  const find = (path: string) => {
    const found = files[path];
    return typeof found === 'string' ? new TextEncoder().encode(found) : found;
  };
  return {
    name: 'memory',
    isRemote: false,
    readAll: async (path: string) => find(path)?.slice(),
    open: async (path: string): Promise<MemorySource | undefined> => {
      const found = find(path);
      if (!found) return undefined;
      const read = async (offset: number, length: number) => {
        if (offset + length > found.length) throw new RangeError(`${path} ends at ${found.length}`);
        return found.slice(offset, offset + length);
      };
      return { name: path, size: found.length, read };
    },
  };
}
