/** What one element of a layer's output sees of its input, one number an image axis. */
export interface ReceptiveWindow {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
}

/** A layer whose window its ops do not show: those of volumes are made of several. */
export interface Windowed {
  readonly receptiveWindow: ReceptiveWindow;
}

/** The window of a layer of volumes, from its arguments. */
export function volumeWindow(
  kernel: number | readonly number[],
  stride: number | readonly number[] = 1,
  dilation: number | readonly number[] = 1,
): ReceptiveWindow {
  const each = (value: number | readonly number[]): readonly number[] =>
    typeof value === 'number' ? [value, value, value] : value;
  return { kernel: each(kernel), stride: each(stride), dilation: each(dilation) };
}

/** Whether a module tells its window. */
export function isWindowed(module: object): module is Windowed {
  return 'receptiveWindow' in module;
}
