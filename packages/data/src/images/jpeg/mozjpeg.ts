import type { MozJPEGModule } from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';

/** What libjpeg makes of a file. */
export interface MozjpegResult {
  /** RGBA; undefined where it gave up. */
  readonly image: ImageData | undefined;
  /** What it said, one a line. */
  readonly messages: readonly string[];
}

interface Codec {
  readonly module: MozJPEGModule;
  readonly messages: string[];
  /** The class of its results, where the platform has none. */
  readonly imageData: unknown;
  /** Set once it gave up, which leaves it in the middle of its work, or took much memory, which it never gives back. */
  isSpent: boolean;
}

interface EmscriptenOptions {
  readonly noInitialRun: boolean;
  readonly printErr: (line: string) => void;
  readonly wasmBinary?: ArrayBuffer;
}

/** After an image of more pixels the codec is let go. */
const keptPixels = 2 ** 23;

let loading: Promise<Codec> | undefined;

/** Decodes by libjpeg in WebAssembly, which is loaded when it is first needed. */
export async function decodeByMozjpeg(file: Uint8Array<ArrayBuffer>): Promise<MozjpegResult> {
  let current = loadCodec();
  let codec = await current;
  // Nothing is awaited between this and the decoding: all that wait share one codec until somebody spends it, and then the next.
  while (codec.isSpent) {
    if (loading === current) loading = undefined;
    current = loadCodec();
    codec = await current;
  }
  codec.messages.length = 0;
  try {
    const image = withImageData(codec.imageData, () => codec.module.decode(file, false)) ?? undefined;
    codec.isSpent = image === undefined || image.width * image.height > keptPixels;
    return { image, messages: [...codec.messages] };
  } catch (error) {
    codec.isSpent = true;
    return { image: undefined, messages: [...codec.messages, String(error)] };
  }
}

function loadCodec(): Promise<Codec> {
  loading ??= createCodec().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function createCodec(): Promise<Codec> {
  // The package's types name a namespace that they do not bring along.
  const { default: factory } = await import('@jsquash/jpeg/codec/dec/mozjpeg_dec.js');
  const createModule: (options: EmscriptenOptions) => Promise<MozJPEGModule> = factory;
  const messages: string[] = [];
  const wasm = await wasmOfNode();
  const hasImageData = 'ImageData' in globalThis;
  const module = createModule({
    noInitialRun: true,
    printErr: (line) => {
      messages.push(line);
    },
    ...wasm,
  });
  // The codec puts a class there that Node has not. It is there while the codec runs only, since others tell browsers by it.
  const imageData: unknown = hasImageData ? undefined : Reflect.get(globalThis, 'ImageData');
  if (!hasImageData) Reflect.deleteProperty(globalThis, 'ImageData');
  return { module: await module, messages, imageData, isSpent: false };
}

function withImageData<T>(imageData: unknown, run: () => T): T {
  if (imageData === undefined) return run();
  Reflect.set(globalThis, 'ImageData', imageData);
  try {
    return run();
  } finally {
    Reflect.deleteProperty(globalThis, 'ImageData');
  }
}

/** Browsers fetch the file from beside the codec's module; Node's `fetch` reads no files. */
async function wasmOfNode(): Promise<Pick<EmscriptenOptions, 'wasmBinary'>> {
  if (typeof process === 'undefined' || process.getBuiltinModule === undefined) return {};
  const { createRequire } = process.getBuiltinModule('node:module');
  const { readFile } = process.getBuiltinModule('node:fs/promises');
  const path = createRequire(import.meta.url).resolve('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm');
  return { wasmBinary: new Uint8Array(await readFile(path)).buffer };
}
