// Values with a size in bytes, the least recently used dropped first once the budget is exceeded. Pinned values stay.

interface Held {
  value: unknown;
  bytes: number;
  pinned: boolean;
}

export class ByteLru {
  private readonly held = new Map<string, Held>();
  private used = 0;
  private kept = 0;
  private limit: number;
  private readonly onChange: () => void;

  constructor(limit: number, onChange: () => void = () => {}) {
    this.limit = limit;
    this.onChange = onChange;
  }

  get bytes(): number {
    return this.used;
  }

  get budget(): number {
    return this.limit;
  }

  /** What is left beside the pinned values. */
  get room(): number {
    return Math.max(0, this.limit - this.kept);
  }

  set budget(bytes: number) {
    this.limit = bytes;
    this.trim();
    this.onChange();
  }

  get<T>(key: string): T | undefined {
    const found = this.held.get(key);
    if (!found) return undefined;
    this.held.delete(key);
    this.held.set(key, found);
    return found.value as T;
  }

  has(key: string): boolean {
    return this.held.has(key);
  }

  put(key: string, value: unknown, bytes: number, pinned = false): void {
    this.drop(key);
    this.held.set(key, { value, bytes, pinned });
    this.used += bytes;
    if (pinned) this.kept += bytes;
    this.trim();
    this.onChange();
  }

  delete(key: string): void {
    if (this.drop(key)) this.onChange();
  }

  /** Drops every key that begins with `prefix`: all that belongs to one data set. */
  deletePrefix(prefix: string): void {
    for (const key of [...this.held.keys()]) if (key.startsWith(prefix)) this.drop(key);
    this.onChange();
  }

  private drop(key: string): boolean {
    const found = this.held.get(key);
    if (!found) return false;
    this.used -= found.bytes;
    if (found.pinned) this.kept -= found.bytes;
    return this.held.delete(key);
  }

  private trim(): void {
    for (const [key, { pinned }] of this.held) {
      if (this.used <= this.limit) return;
      if (!pinned) this.drop(key);
    }
  }
}
