// Python pickles of protocol 2 to 5, as data only. Opcodes that build plain values are interpreted; the callables a pickle may name
// are an allow-list (numpy.ts), and anything else is refused with its name and byte before anything is made of it.
// Source: Lib/pickletools.py of CPython 3.12.
import { type ErrorPlace, SomascopeError } from '../../base/errors.ts';
import { byteSize } from '../../base/number-format.ts';
import { Bytes } from './bytes.ts';
import { build, findAllowed, setState } from './numpy.ts';
import { OP, opcodeName } from './opcodes.ts';
import { Callable, PickledArray, type PickleValue, Refused } from './values.ts';

export interface PickleOptions {
  readonly place?: ErrorPlace;
  /** Byte of the file where the pickle begins, for errors. */
  readonly firstByte?: number;
  readonly maxBytes?: number;
  readonly maxSteps?: number;
}

const MAX_BYTES = 256 * 2 ** 20;
const MAX_STEPS = 20_000_000;
/** Arrays made of the same bytes again and again: together at most so many times the pickle. */
const MAX_GROWTH = 8;
const HINT = 'Only arrays, dicts, lists and numbers are read from pickles, and nothing is ever run.';

/**
 * The value of the pickle at the start of `bytes`. Throws Unsafe naming what it asks for outside the allow-list, Unsupported for
 * other opcodes, Invalid and CutOff, all with the byte; Unsafe above the limits.
 */
export function readPickle(bytes: Uint8Array<ArrayBuffer>, options: PickleOptions = {}): PickleValue {
  const { maxBytes = MAX_BYTES, maxSteps = MAX_STEPS } = options;
  const reader = new Reader(bytes, options);
  if (bytes.length > maxBytes) {
    throw reader.error('Unsafe', `The pickle has ${byteSize(bytes.length)}; at most ${byteSize(maxBytes)} are read.`);
  }
  for (let step = 0; step < maxSteps; step++) if (reader.step()) return reader.result();
  throw reader.error('Unsafe', `The pickle has more than ${maxSteps} steps.`);
}

class Reader {
  private readonly input: Bytes;
  private readonly options: PickleOptions;
  private stack: PickleValue[] = [];
  /** The stacks below each open mark. */
  private readonly below: PickleValue[][] = [];
  private readonly memo = new Map<number, PickleValue>();
  private opcodeAt = 0;
  private made = 0;

  constructor(bytes: Uint8Array<ArrayBuffer>, options: PickleOptions) {
    this.options = options;
    this.input = new Bytes(bytes, (message) => this.error('CutOff', message, 'Copy the file again.'));
  }

  error(tag: 'Invalid' | 'CutOff' | 'Unsafe' | 'Unsupported', message: string, hint = HINT): SomascopeError {
    const { place = {}, firstByte = 0 } = this.options;
    return new SomascopeError(tag, message, { ...place, byte: firstByte + this.opcodeAt }, hint);
  }

  result(): PickleValue {
    return this.pop();
  }

  /** Takes one opcode; true where it was the last. */
  step(): boolean {
    this.opcodeAt = this.input.at;
    const op = this.input.uint8();
    if (op === OP.STOP) return true;
    try {
      if (!this.readValue(op) && !this.readStructure(op) && !this.readObject(op)) {
        throw this.error('Unsupported', `The pickle uses the opcode ${opcodeName(op)}, which is not read here.`);
      }
    } catch (error) {
      if (error instanceof Refused) throw this.error('Invalid', `${error.message}.`);
      // Readers of types and numbers know no byte.
      if (error instanceof SomascopeError && error.place.byte === undefined) throw this.error('Unsupported', error.message);
      throw error;
    }
    return false;
  }

  private readValue(op: number): boolean {
    const value = this.plainValue(op);
    if (value === undefined) return false;
    this.stack.push(value);
    return true;
  }

  private plainValue(op: number): PickleValue | undefined {
    const { input } = this;
    if (op === OP.NONE) return null;
    if (op === OP.NEWTRUE) return true;
    if (op === OP.NEWFALSE) return false;
    if (op === OP.BININT) return input.int32();
    if (op === OP.BININT1) return input.uint8();
    if (op === OP.BININT2) return input.uint16();
    if (op === OP.LONG1) return input.integer(input.uint8());
    if (op === OP.LONG4) return input.integer(input.uint32());
    if (op === OP.BINFLOAT) return input.float64();
    if (op === OP.SHORT_BINUNICODE) return input.text(input.uint8());
    if (op === OP.BINUNICODE) return input.text(input.uint32());
    if (op === OP.BINUNICODE8) return input.text(input.uint64());
    if (op === OP.SHORT_BINBYTES) return input.take(input.uint8());
    if (op === OP.BINBYTES) return input.take(input.uint32());
    if (op === OP.BINBYTES8 || op === OP.BYTEARRAY8) return input.take(input.uint64());
    if (op === OP.EMPTY_LIST || op === OP.EMPTY_TUPLE) return [];
    if (op === OP.EMPTY_DICT) return new Map();
    if (op === OP.BINGET) return this.recall(input.uint8());
    if (op === OP.LONG_BINGET) return this.recall(input.uint32());
    if (op === OP.DUP) return this.top();
    return undefined;
  }

  private readStructure(op: number): boolean {
    const { input, stack } = this;
    if (op === OP.MARK) {
      this.below.push(stack);
      this.stack = [];
    } else if (op === OP.TUPLE) {
      const items = this.popMark();
      this.stack.push(items);
    } else if (op === OP.TUPLE1 || op === OP.TUPLE2 || op === OP.TUPLE3) {
      const items = this.popMany(op - OP.TUPLE1 + 1);
      stack.push(items);
    } else if (op === OP.APPEND) this.append(this.popMany(1));
    else if (op === OP.APPENDS) this.append(this.popMark());
    else if (op === OP.SETITEM) this.setItems(this.popMany(2));
    else if (op === OP.SETITEMS) this.setItems(this.popMark());
    else if (op === OP.BINPUT) this.memo.set(input.uint8(), this.top());
    else if (op === OP.LONG_BINPUT) this.memo.set(input.uint32(), this.top());
    else if (op === OP.MEMOIZE) this.memo.set(this.memo.size, this.top());
    else if (op === OP.POP && stack.length > 0) stack.pop();
    else if (op === OP.POP || op === OP.POP_MARK) this.popMark();
    else if (op === OP.FRAME) input.skip(8);
    else if (op === OP.PROTO) this.checkProtocol(input.uint8());
    else return false;
    return true;
  }

  private readObject(op: number): boolean {
    const { input } = this;
    if (op === OP.GLOBAL) this.stack.push(this.find(input.line(), input.line()));
    else if (op === OP.STACK_GLOBAL) {
      const [module, name] = this.popMany(2);
      this.stack.push(this.find(String(module), String(name)));
    } else if (op === OP.INST) {
      this.find(input.line(), input.line());
      throw this.error('Unsupported', 'The pickle uses the opcode INST, which is not read here.');
    } else if (op === OP.REDUCE) {
      const [callable, args] = this.popMany(2);
      if (!(callable instanceof Callable) || !Array.isArray(args)) throw new Refused('What is called is no name');
      const made = build(callable, args);
      this.account(made);
      this.stack.push(made);
    } else if (op === OP.BUILD) {
      const [state] = this.popMany(1);
      setState(this.top(), state!);
      this.account(this.top());
    } else return false;
    return true;
  }

  private find(module: string, name: string): Callable {
    const found = findAllowed(module, name);
    if (found) return found;
    const asked = `${module}.${name}`.replace(/[^\x20-\x7e]/g, '?').slice(0, 100);
    const byte = (this.options.firstByte ?? 0) + this.opcodeAt;
    throw this.error('Unsafe', `The pickle asks for ${asked} at byte ${byte}, which is not on the list of what is read here.`);
  }

  /** A few bytes of pickle can copy a large array many times. */
  private account(made: PickleValue): void {
    const held = made instanceof PickledArray ? made.data : made;
    this.made += ArrayBuffer.isView(held) ? held.byteLength : 0;
    if (this.made > MAX_GROWTH * this.input.length) throw this.error('Unsafe', 'The pickle copies its arrays too often.');
  }

  private checkProtocol(protocol: number): void {
    if (protocol > 5) throw this.error('Unsupported', `Pickle protocol ${protocol} is not known (2 to 5 are).`);
  }

  private append(items: readonly PickleValue[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw new Refused('Something that is no list is appended to');
    for (const item of items) list.push(item);
  }

  private setItems(pairs: readonly PickleValue[]): void {
    const dict = this.top();
    if (!(dict instanceof Map) || pairs.length % 2 !== 0) throw new Refused('Items are set in something that is no dict');
    for (let i = 0; i < pairs.length; i += 2) dict.set(pairs[i]!, pairs[i + 1]!);
  }

  private recall(index: number): PickleValue {
    const found = this.memo.get(index);
    if (found === undefined) throw new Refused(`Nothing was remembered as number ${index}`);
    return found;
  }

  private top(): PickleValue {
    const top = this.stack.at(-1);
    if (top === undefined) throw new Refused('The stack is empty');
    return top;
  }

  private pop(): PickleValue {
    if (this.stack.length === 0) throw this.error('Invalid', 'The stack is empty.');
    return this.stack.pop()!;
  }

  private popMany(count: number): PickleValue[] {
    if (this.stack.length < count) throw new Refused('The stack is empty');
    return this.stack.splice(this.stack.length - count, count);
  }

  private popMark(): PickleValue[] {
    const items = this.stack;
    const below = this.below.pop();
    if (!below) throw new Refused('No mark was set');
    this.stack = below;
    return items;
  }
}
