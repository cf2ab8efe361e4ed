// The part of jsfive 0.4.2 that is used: it finds its way through groups and object headers; voxels are read here.
declare module 'jsfive' {
  export class DataObjects {
    readonly filter_pipeline: readonly ReadonlyMap<string, unknown>[] | null;
    find_msg_type(type: number): readonly ReadonlyMap<string, number>[];
  }
  export class Group {
    readonly keys: readonly string[];
    get(path: string): unknown;
  }
  export class Dataset {
    readonly shape: readonly number[];
    readonly dtype: unknown;
    readonly fillvalue: unknown;
    readonly attrs: Readonly<Record<string, unknown>>;
    readonly _dataobjects: DataObjects;
  }
  export class File extends Group {
    constructor(bytes: ArrayBuffer, name: string);
  }
}
