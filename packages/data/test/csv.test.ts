import { ArgumentError, FormatError } from '@dl/kernels';
import { describe, expect, it } from 'vitest';
import { csv } from '../src/index.ts';

const plants = 'height,name,width,kind\r\n1,"a, ""b""\r\nc",2,x\r\n\r\n3,d,4e-1,y\r\n-.5,e,6,x\r\n';

describe('csv', () => {
  it('reads quoted cells, numbers and classes', async () => {
    const table = await csv(plants, { target: 'kind', classes: true, features: ['height', 2] });
    expect(table.fields).toEqual({
      x: { shape: [3, 2], dtype: 'float32', data: new Float32Array([1, 2, 3, 0.4, -0.5, 6]) },
      y: { shape: [3], dtype: 'int32', data: new Int32Array([0, 1, 0]) },
    });
    expect([table.featureNames, table.classNames]).toEqual([
      ['height', 'width'],
      ['x', 'y'],
    ]);
    const names = await csv(plants, { target: 'name', classes: true, features: [0] });
    expect(names.classNames[0]).toBe('a, "b"\r\nc');
  });

  it('reads a file without a header, another delimiter, a byte order mark, and a Blob', async () => {
    const table = await csv(new Blob(['\ufeff1;2\n3;4']), { header: false, delimiter: ';', target: 1 });
    expect(table.fields.y).toEqual({ shape: [2, 1], dtype: 'float32', data: new Float32Array([2, 4]) });
    expect(table.featureNames).toEqual(['0']);
    expect((await csv('\ufeffa,b\n1,2', { target: 'a' })).size).toBe(1);
  });

  const gaps = 'a,b,c\n1,NA,5\n3,2,6\n ,4,7\n';
  it('refuses missing values, leaves out their rows, or takes the mean', async () => {
    await expect(csv(gaps, { target: 'c' })).rejects.toThrow('a cell must have a value, got "" (line 4, column a)');
    expect([...(await csv(gaps, { target: 'c', missing: 'drop' })).fields.x.data]).toEqual([3, 2]);
    expect([...(await csv(gaps, { target: 'c', missing: 'mean' })).fields.x.data]).toEqual([1, 3, 3, 2, 2, 4]);
    await expect(csv(gaps, { target: 'b', missing: 'mean' })).rejects.toThrow('got "NA" (line 2, column b)');
    await expect(csv(gaps, { target: 'b', missing: 'mean', classes: true })).rejects.toThrow('got "NA" (line 2, column b)');
    await expect(csv('a,b\n-9,1', { target: 'b', missing: 'mean', missingValues: ['-9'] })).rejects.toThrow(
      'got none (column a)',
    );
  });

  it.each([
    [
      'a word among numbers, after a quoted line break',
      'a,b\n"1\n",2\nx,3',
      'a cell must be a number, got "x" (line 4, column a)',
    ],
    ['a hexadecimal number', 'a,b\n0x10,2', 'got "0x10" (line 2, column a)'],
    ['a short row', 'a,b\n1,2\n3', 'rows must have 2 cells, got 1 (line 3)'],
    ['an open quote', 'a,b\n1,2\n"3,4', 'fields must be quoted soundly, got "Quoted field unterminated" (line 3)'],
    ['a quote inside of a field', 'a,b\n"1"2,2', '(line 2)'],
    ['an empty file', '\n\n', 'must have a row, got none'],
  ])('refuses %s', async (_, text, message) => {
    await expect(csv(text, { target: 'b' })).rejects.toThrow(FormatError);
    await expect(csv(text, { target: 'b' })).rejects.toThrow(message);
  });

  it('refuses columns that are not there or that two have, and a delimiter that is none', async () => {
    for (const target of ['z', 2, -1, 0.5]) {
      await expect(csv('a,b\n1,2', { target })).rejects.toThrow(`a column must be one of a, b, got ${target}`);
    }
    await expect(csv('a,a\n1,2', { target: 'a' })).rejects.toThrow(ArgumentError);
    await expect(csv('a,b\n1,2', { target: 'a', delimiter: '"' })).rejects.toThrow(ArgumentError);
  });
});
