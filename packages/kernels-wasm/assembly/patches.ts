import { NR, PANEL_ROW } from './tiles';

/**
 * The patches of staged images as a matrix that is never stored (im2col): row (channel, tap), column (image, y, x).
 * The fields are per instance, so each thread has its own.
 */
let channelBytes: usize = 0;
let imageBytes: usize = 0;
let pitch: usize = 0;
let taps: usize = 0;
let tapCount: i32 = 0;
let outHeight: i32 = 0;
let outWidth: i32 = 0;
let columns: i32 = 0;
let places: usize = 0;

/** Bytes of scratch for `places`: 16 offsets, then 4 of what comes after a break in each group, then 4 masks. */
export const PLACES_BYTES: usize = 64 + 16 + 64;

export function describePatches(
  channel: usize, image: usize, rowPitch: usize, tapOffsets: usize, tapsInAll: i32, height: i32, width: i32, images: i32,
  scratch: usize,
): void {
  channelBytes = channel;
  imageBytes = image;
  pitch = rowPitch;
  taps = tapOffsets;
  tapCount = tapsInAll;
  outHeight = height;
  outWidth = width;
  columns = images * height * width;
  places = scratch;
}

/** Packs columns `[first, first + 16)` of `channels` channels from `base` on into a panel: anything past the last column. */
export function packPatches(to: usize, base: usize, channels: i32, first: i32): void {
  locate(first);
  if (load<u32>(places, 60) - load<u32>(places) == 60) packRun(to, base + load<u32>(places), channels);
  else if (isFourRuns()) packFourRuns(to, base, channels);
  else if (findBreaks()) packBrokenRuns(to, base, channels);
  else packPixels(to, base, channels);
}

function locate(first: i32): void {
  const pixels = outHeight * outWidth;
  const image = first / pixels;
  let y = (first - image * pixels) / outWidth;
  let x = first - image * pixels - y * outWidth;
  let row = <usize>image * imageBytes + <usize>y * pitch;
  const end = <usize>min(NR, columns - first) << 2;
  let place: usize = 0;
  let j: usize = 0;
  for (; j < end; j += 4) {
    place = row + (<usize>x << 2);
    store<usize>(places + j, place);
    if (++x == outWidth) {
      x = 0;
      row += pitch;
      if (++y == outHeight) {
        y = 0;
        row += imageBytes - <usize>outHeight * pitch;
      }
    }
  }
  for (; j < PANEL_ROW; j += 4) {
    place += 4;
    store<usize>(places + j, place);
  }
}

/** Whether no row or image ends within a group of 4 columns. */
function isFourRuns(): bool {
  for (let at = places; at < places + PANEL_ROW; at += 16) if (load<u32>(at, 12) - load<u32>(at) != 12) return false;
  return true;
}

/** Whether each group of 4 columns is two runs of pixels at most; notes where the second starts and the lanes of the first. */
function findBreaks(): bool {
  for (let group: usize = 0; group < 4; group++) {
    const at = places + (group << 4);
    const start = load<u32>(at);
    let lane: u32 = 1;
    while (lane < 4 && load<u32>(at + (lane << 2)) == start + (lane << 2)) lane++;
    const second = lane < 4 ? load<u32>(at + (lane << 2)) - (lane << 2) : start;
    for (let rest = lane + 1; rest < 4; rest++) if (load<u32>(at + (rest << 2)) != second + (rest << 2)) return false;
    store<u32>(places + 64 + (group << 2), second);
    const lanes = i32x4.lt_u(i32x4(0, 1, 2, 3), i32x4.splat(lane));
    v128.store(places + 80 + (group << 4), lanes);
  }
  return true;
}

/** All 16 pixels follow each other. */
function packRun(to: usize, from: usize, channels: i32): void {
  const end = taps + (<usize>tapCount << 2);
  for (let c = 0; c < channels; c++) {
    for (let tap = taps; tap < end; tap += 4) {
      const s = from + load<u32>(tap);
      const x0 = v128.load(s), x1 = v128.load(s, 16), x2 = v128.load(s, 32), x3 = v128.load(s, 48);
      v128.store(to, x0);
      v128.store(to, x1, 16);
      v128.store(to, x2, 32);
      v128.store(to, x3, 48);
      to += PANEL_ROW;
    }
    from += channelBytes;
  }
}

/** Rows or images end between groups of 4. */
function packFourRuns(to: usize, from: usize, channels: i32): void {
  const end = taps + (<usize>tapCount << 2);
  const a0 = load<usize>(places), a1 = load<usize>(places, 16), a2 = load<usize>(places, 32), a3 = load<usize>(places, 48);
  for (let c = 0; c < channels; c++) {
    for (let tap = taps; tap < end; tap += 4) {
      const s = from + load<u32>(tap);
      const x0 = v128.load(s + a0), x1 = v128.load(s + a1), x2 = v128.load(s + a2), x3 = v128.load(s + a3);
      v128.store(to, x0);
      v128.store(to, x1, 16);
      v128.store(to, x2, 32);
      v128.store(to, x3, 48);
      to += PANEL_ROW;
    }
    from += channelBytes;
  }
}

/** A row or an image ends within some group of 4. */
function packBrokenRuns(to: usize, from: usize, channels: i32): void {
  const end = taps + (<usize>tapCount << 2);
  const a0 = load<usize>(places), a1 = load<usize>(places, 16), a2 = load<usize>(places, 32), a3 = load<usize>(places, 48);
  const b0 = load<usize>(places, 64), b1 = load<usize>(places, 68), b2 = load<usize>(places, 72), b3 = load<usize>(places, 76);
  const m0 = v128.load(places, 80), m1 = v128.load(places, 96), m2 = v128.load(places, 112), m3 = v128.load(places, 128);
  for (let c = 0; c < channels; c++) {
    for (let tap = taps; tap < end; tap += 4) {
      const s = from + load<u32>(tap);
      v128.store(to, v128.bitselect(v128.load(s + a0), v128.load(s + b0), m0));
      v128.store(to, v128.bitselect(v128.load(s + a1), v128.load(s + b1), m1), 16);
      v128.store(to, v128.bitselect(v128.load(s + a2), v128.load(s + b2), m2), 32);
      v128.store(to, v128.bitselect(v128.load(s + a3), v128.load(s + b3), m3), 48);
      to += PANEL_ROW;
    }
    from += channelBytes;
  }
}

/** Output rows of 1 or 2 pixels: one at a time. */
function packPixels(to: usize, from: usize, channels: i32): void {
  const end = taps + (<usize>tapCount << 2);
  for (let c = 0; c < channels; c++) {
    for (let tap = taps; tap < end; tap += 4) {
      const s = from + load<u32>(tap);
      for (let j: usize = 0; j < PANEL_ROW; j += 4) store<u32>(to + j, load<u32>(s + load<u32>(places + j)));
      to += PANEL_ROW;
    }
    from += channelBytes;
  }
}
