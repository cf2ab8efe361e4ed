import { expect, it } from 'vitest';
import { matlabFunction, matlabLoader, pythonLoader } from './loader-scripts.ts';

const FACTS = { shortName: '00.00', height: 498, width: 490 };
const FILES = ['regions.json', 'traces.csv'];

it('fills in the files, rows before columns', () => {
  const python = pythonLoader(FACTS);
  for (const file of [...FILES, 'correlation.npy', 'mean.npy', 'max.npy', 'std.npy']) expect(python).toContain(`"00.00.${file}"`);
  expect(python).toContain('SHAPE = (498, 490)  # rows, columns');
  const matlab = matlabLoader(FACTS);
  for (const file of FILES) expect(matlab).toContain(`'00.00.${file}'`);
  expect(matlab).toContain("images = {'correlation', 'mean', 'max', 'std'}");
  expect(matlab).toContain('[498 490]');
});

it('warns of the order of coordinates, and counts from one in MATLAB only', () => {
  for (const script of [pythonLoader(FACTS), matlabLoader(FACTS)]) {
    expect(script).toContain('[row, column]');
    expect(script).toContain('[x, y]');
  }
  expect(matlabLoader(FACTS)).toContain('reshape(regions(k).coordinates, [], 2) + 1;');
  expect(pythonLoader(FACTS)).toContain('mask[row[inside], col[inside]] = True');
});

it('needs numpy and json only', () => {
  const imports = pythonLoader(FACTS).match(/^(?:import|from) \S+/gm);
  expect(imports).toEqual(['import json', 'from pathlib', 'import numpy']);
});

it('is a MATLAB function of a lawful name', () => {
  expect(matlabLoader(FACTS).split('\n')[0]).toBe('function data = load_00_00(folder)');
  expect(matlabFunction('2024 über.fov-1')).toBe('load_2024__ber_fov_1');
  expect(matlabFunction('x'.repeat(100))).toHaveLength(63);
});

it('keeps names that hold quotes inside their literals', () => {
  const facts = { ...FACTS, shortName: "o'x\ny" };
  expect(matlabLoader(facts)).toContain("struct('name', 'o''x_y')");
  expect(pythonLoader(facts)).toContain(`NAME = "o'x_y"`);
});
