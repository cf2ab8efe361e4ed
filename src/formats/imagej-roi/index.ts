// ImageJ selections: what other folders may use.
export { type ImagejRoi, type RoiShape, readRoi } from './read.ts';
export { writeRoi } from './write.ts';
