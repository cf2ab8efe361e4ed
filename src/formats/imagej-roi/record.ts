// Numbers of an ImageJ ROI record, big-endian; bytes count from its first.
import { SomascopeError } from '../../base/errors.ts';
import { AT, HEADER_BYTES } from './layout.ts';

/** Big-endian numbers of the record; past its end they throw CutOff. */
export class RoiRecord {
  readonly name: string;
  readonly version: number;
  readonly options: number;
  readonly top: number;
  readonly left: number;
  private readonly view: DataView;

  constructor(bytes: Uint8Array, name: string) {
    this.name = name;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.need(HEADER_BYTES);
    this.version = this.unsigned(AT.version);
    this.options = this.unsigned(AT.options);
    this.top = this.short(AT.top);
    this.left = this.short(AT.left);
  }

  need(length: number): void {
    if (length <= this.view.byteLength) return;
    const message = `It ends after ${this.view.byteLength} bytes of at least ${length}.`;
    const hint = 'Save the ROI again.';
    throw new SomascopeError('CutOff', message, { entry: this.name, byte: this.view.byteLength }, hint);
  }

  byte(at: number): number {
    return this.view.getUint8(at);
  }

  /** ImageJ takes what is far below zero for a number above 32,767. */
  short(at: number): number {
    const value = this.view.getInt16(at);
    return value < -5000 ? this.view.getUint16(at) : value;
  }

  unsigned(at: number): number {
    return this.view.getUint16(at);
  }

  int(at: number): number {
    return this.view.getInt32(at);
  }

  float(at: number): number {
    const value = this.view.getFloat32(at);
    if (Number.isFinite(value)) return value;
    throw invalid(`It has the coordinate ${value}`, this.name, at);
  }
}

export function invalid(what: string, entry: string, byte: number): SomascopeError {
  return new SomascopeError('Invalid', `${what}.`, { entry, byte }, 'Save the ROI again.');
}
