import { concat, cumSum, flip, gather, indexSelect, pad, permute, scatterAdd, slice, sort, type Tensor } from '@dl/tensor';
import { anyShape, floats, indices, type Maker } from './program.ts';

/** Programs that move elements. */
export const places: readonly Maker[] = [
  (draw) => {
    const shape = anyShape(draw, 2, 4);
    const axes = shape.map((_, axis) => axis).sort(() => draw(0, 2) - 1);
    const [before, after, reversed] = [draw(0, 2), draw(0, 2), draw(0, shape.length - 1)];
    const run = (x: Tensor): Tensor => {
      const moved = pad(flip(permute(x, axes), [reversed]), [[before, after], ...shape.slice(1).map(() => [0, 0] as const)]);
      return concat([moved, slice(moved, [[0, 1]])], 0);
    };
    return { name: 'layout', inputs: [floats(shape)], run };
  },
  (draw) => {
    const [rows, width, count] = [draw(1, 40), draw(1, 40), draw(1, 60)];
    const inputs = [floats([rows, width]), indices([count], rows)];
    return { name: 'indexSelect', inputs, run: (x, index) => indexSelect(x, index, 0) };
  },
  (draw) => {
    const [outer, extent, count] = [draw(1, 20), draw(1, 30), draw(1, 30)];
    const inputs = [floats([outer, extent]), indices([outer, count], extent)];
    return { name: 'gather', inputs, run: (x, index) => gather(x, index, 1) };
  },
  (draw) => {
    const [outer, extent, count] = [draw(1, 20), draw(1, 30), draw(1, 30)];
    const inputs = [floats([outer, extent]), indices([outer, count], extent), floats([outer, count])];
    return { name: 'scatterAdd', inputs, run: (x, index, source) => scatterAdd(x, index, source, 1) };
  },
  (draw) => {
    const shape = anyShape(draw, 1, 3);
    const axis = draw(0, shape.length - 1);
    if (draw(0, 1) === 0) return { name: 'cumSum', inputs: [floats(shape)], run: (x) => cumSum(x, axis) };
    return { name: 'sort', inputs: [floats(shape)], run: (x) => sort(x, axis).values };
  },
];
