import { newJob, runJob, shareOf, tasksOf } from './jobs';

export const enum Resize { nearest, bilinear, alignCorners }

/** Bytes of workspace for {@link resize} and {@link resizeGrad}: two places and two weights for each output row and column. */
export function resizeWorkspace(outHeight: i32, outWidth: i32): usize {
  return <usize>(outHeight + outWidth) << 4;
}

/** Writes, for each of `outExtent` pixels, the byte offsets of the two it is made of (`size` bytes apart) and their weights. */
function writeTaps(to: usize, mode: i32, extent: i32, outExtent: i32, size: i32): void {
  for (let o = 0; o < outExtent; o++, to += 16) {
    let at: f64 = 0;
    if (mode == Resize.nearest) at = Math.floor(<f64>o * extent / outExtent);
    else if (mode == Resize.bilinear) at = Math.max(0, (o + 0.5) * extent / outExtent - 0.5);
    else if (outExtent > 1) at = <f64>o * (extent - 1) / (outExtent - 1);
    const low = Math.floor(at);
    const rest = at - low;
    store<i32>(to, <i32>low * size);
    store<i32>(to, min(<i32>low + 1, extent - 1) * size, 4);
    store<f32>(to, <f32>(1 - rest), 8);
    store<f32>(to, <f32>rest, 12);
  }
}

/** Elements of a task, at least. */
const TASK: f64 = 8192;

@unmanaged
class Resampling {
  mode: i32;
  planes: i32;
  x: usize;
  height: i32;
  width: i32;
  y: usize;
  outHeight: i32;
  outWidth: i32;
  share: i32;
}

@inline
function overPlanes(
  task: (job: usize, index: i32, workspace: usize) => void, mode: i32, planes: i32, x: usize, height: i32, width: i32,
  y: usize, outHeight: i32, outWidth: i32,
): void {
  const s = changetype<Resampling>(newJob());
  s.mode = mode;
  s.planes = planes;
  s.x = x;
  s.height = height;
  s.width = width;
  s.y = y;
  s.outHeight = outHeight;
  s.outWidth = outWidth;
  const work = <f64>planes * max(height * width, outHeight * outWidth);
  s.share = shareOf(planes, work, TASK, 256);
  runJob(task, tasksOf(planes, s.share), 3 * <f32>work);
}

/** Resamples `planes` images, in parallel. */
export function resize(
  mode: i32, planes: i32, x: usize, height: i32, width: i32, y: usize, outHeight: i32, outWidth: i32,
): void {
  overPlanes(resizeTask, mode, planes, x, height, width, y, outHeight, outWidth);
}

function resizeTask(job: usize, index: i32, workspace: usize): void {
  const s = changetype<Resampling>(job);
  const first = index * s.share;
  resizePlanes(
    s.mode, min(s.share, s.planes - first), s.x + (<usize>(first * s.height * s.width) << 2), s.height, s.width,
    s.y + (<usize>(first * s.outHeight * s.outWidth) << 2), s.outHeight, s.outWidth, workspace,
  );
}

function resizePlanes(
  mode: i32, planes: i32, x: usize, height: i32, width: i32, y: usize, outHeight: i32, outWidth: i32, workspace: usize,
): void {
  const columns = workspace + (<usize>outHeight << 4);
  const columnsEnd = columns + (<usize>outWidth << 4);
  writeTaps(workspace, mode, height, outHeight, width << 2);
  writeTaps(columns, mode, width, outWidth, 4);
  for (let plane = 0; plane < planes; plane++) {
    for (let tap = workspace; tap < columns; tap += 16) {
      const upper = x + load<u32>(tap);
      const lower = x + load<u32>(tap, 4);
      const upperWeight = load<f32>(tap, 8);
      const lowerWeight = load<f32>(tap, 12);
      for (let column = columns; column < columnsEnd; column += 16, y += 4) {
        const left: usize = load<u32>(column);
        if (mode == Resize.nearest) {
          store<f32>(y, load<f32>(upper + left));
          continue;
        }
        const right: usize = load<u32>(column, 4);
        const leftWeight = load<f32>(column, 8);
        const rightWeight = load<f32>(column, 12);
        const top = leftWeight * load<f32>(upper + left) + rightWeight * load<f32>(upper + right);
        const bottom = leftWeight * load<f32>(lower + left) + rightWeight * load<f32>(lower + right);
        store<f32>(y, upperWeight * top + lowerWeight * bottom);
      }
    }
    x += <usize>(height * width) << 2;
  }
}

@inline
function addTo(at: usize, value: f32): void {
  store<f32>(at, load<f32>(at) + value);
}

/** The adjoint of {@link resize}: deals dy `[planes, outHeight, outWidth]` out to dx `[planes, height, width]`. */
export function resizeGrad(
  mode: i32, planes: i32, dy: usize, outHeight: i32, outWidth: i32, dx: usize, height: i32, width: i32,
): void {
  overPlanes(resizeGradTask, mode, planes, dx, height, width, dy, outHeight, outWidth);
}

function resizeGradTask(job: usize, index: i32, workspace: usize): void {
  const s = changetype<Resampling>(job);
  const first = index * s.share;
  resizeGradPlanes(
    s.mode, min(s.share, s.planes - first), s.y + (<usize>(first * s.outHeight * s.outWidth) << 2), s.outHeight, s.outWidth,
    s.x + (<usize>(first * s.height * s.width) << 2), s.height, s.width, workspace,
  );
}

function resizeGradPlanes(
  mode: i32, planes: i32, dy: usize, outHeight: i32, outWidth: i32, dx: usize, height: i32, width: i32, workspace: usize,
): void {
  const columns = workspace + (<usize>outHeight << 4);
  const columnsEnd = columns + (<usize>outWidth << 4);
  writeTaps(workspace, mode, height, outHeight, width << 2);
  writeTaps(columns, mode, width, outWidth, 4);
  memory.fill(dx, 0, <usize>(planes * height * width) << 2);
  for (let plane = 0; plane < planes; plane++) {
    for (let tap = workspace; tap < columns; tap += 16) {
      const upper = dx + load<u32>(tap);
      const lower = dx + load<u32>(tap, 4);
      for (let column = columns; column < columnsEnd; column += 16, dy += 4) {
        const value = load<f32>(dy);
        const left: usize = load<u32>(column);
        if (mode == Resize.nearest) {
          addTo(upper + left, value);
          continue;
        }
        const right: usize = load<u32>(column, 4);
        const top = value * load<f32>(tap, 8);
        const bottom = value * load<f32>(tap, 12);
        const leftWeight = load<f32>(column, 8);
        const rightWeight = load<f32>(column, 12);
        addTo(upper + left, top * leftWeight);
        addTo(upper + right, top * rightWeight);
        addTo(lower + left, bottom * leftWeight);
        addTo(lower + right, bottom * rightWeight);
      }
    }
    dx += <usize>(height * width) << 2;
  }
}
