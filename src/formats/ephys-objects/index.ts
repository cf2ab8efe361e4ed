// The data set's JSON objects: what other folders may use.
export { type FindFile, makeFindFile, openRecordingObject, openSortingObject } from './open.ts';
export { type Bin1Recording, type EphysObject, type MdaRecording, parseEphysObjects, type SortingObject } from './parse.ts';
