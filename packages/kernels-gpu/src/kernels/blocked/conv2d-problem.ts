import { type Conv2dAttrs, type Pair, type Shape, sizeOf } from '@dl/kernels';

/** A convolution of `[images, inputs, …input]` to `[images, outputs, …output]`. */
export interface Conv2dProblem {
  readonly images: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly input: Pair;
  readonly output: Pair;
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Pair;
  readonly dilation: Pair;
}

/** The problem that a kernel's shapes and attributes state. */
export function conv2dProblem(x: Shape, w: Shape, y: Shape, { stride, padding, dilation }: Conv2dAttrs): Conv2dProblem {
  return {
    images: x[0],
    inputs: x[1],
    outputs: y[1],
    input: [x[2], x[3]],
    output: [y[2], y[3]],
    kernel: [w[2], w[3]],
    stride,
    padding,
    dilation,
  };
}

/** The same problem, to whose 1 by 1 kernel a plane is one long row. */
export function withLongRows(problem: Conv2dProblem): Conv2dProblem {
  const { input, output, kernel, stride, padding } = problem;
  const isPointwise = [...kernel, ...stride].every((extent) => extent === 1) && padding.every((extent) => extent === 0);
  return isPointwise ? { ...problem, input: [1, sizeOf(input)], output: [1, sizeOf(output)] } : problem;
}
