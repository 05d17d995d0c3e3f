import { type Backend, BackendError, type BackendInfo, createReferenceBackend, sizeOf } from '@dl/kernels';
import { describe, expect, it, vi } from 'vitest';
import { type Contest, chooseBackend } from '../src/core/choose-backend.ts';
import type { CreateGpu } from '../src/core/gpu-package.ts';

/** Milliseconds that each takes for a convolution, told how many it has done; or the end of the device. */
type Speed = number | Error | ((done: number) => number);

interface Speeds {
  readonly wasm: Speed;
  readonly webgpu?: Speed;
  readonly webgl2?: Speed;
}

/** Fakes on a clock of their own, which moves as they convolve. A GPU without a speed is not there. */
function setUp(speeds: Speeds, info: Partial<BackendInfo> = {}) {
  const made: Backend[] = [];
  let time = 0;
  const fake = (name: string, speed: Speed, refused: readonly string[] = []): Backend => {
    const backend = createReferenceBackend();
    let done = 0;
    vi.spyOn(backend, 'info').mockReturnValue({ name, mode: name, threads: 1, ...info, refused });
    vi.spyOn(backend, 'dispose');
    vi.spyOn(backend, 'run').mockImplementation((kernel, _, __, out) => {
      if (kernel === 'conv2d') {
        if (speed instanceof Error) throw speed;
        time += typeof speed === 'number' ? speed : speed(done++);
      }
      return backend.upload(new Float32Array(sizeOf(out.shape)), out);
    });
    made.push(backend);
    return backend;
  };
  const createGpu: CreateGpu = async ({ mode, refused }) => {
    const speed = mode === 'auto' ? undefined : speeds[mode];
    if (speed === undefined) throw new BackendError('createGpuBackend', `${mode} must have an adapter, got none`);
    return fake(mode, speed, refused);
  };
  const contest: Contest = {
    loadGpu: vi.fn(async () => createGpu),
    createWasm: ({ refused }) => fake('wasm', speeds.wasm, refused),
    now: () => time,
  };
  return { contest, made };
}

const names = (backends: readonly Backend[]) => backends.map((backend) => backend.info().name);
const disposed = (backends: readonly Backend[]) =>
  names(backends.filter((backend) => vi.mocked(backend.dispose).mock.calls.length > 0));

describe('chooseBackend', () => {
  it('takes WebGPU where it beats WebAssembly, and asks for nothing else', async () => {
    const { contest, made } = setUp({ wasm: 2, webgpu: 1.9, webgl2: 1 });
    const chosen = await chooseBackend(contest);
    expect(chosen.info()).toMatchObject({ name: 'webgpu', refused: [] });
    expect(chosen.stats().buffers).toBe(0);
    expect([names(made), disposed(made)]).toEqual([['webgpu', 'wasm'], ['wasm']]);
  });

  it('takes WebGL2 where WebGPU is slower than WebAssembly', async () => {
    const { contest, made } = setUp({ wasm: 2, webgpu: 2.25, webgl2: 1 });
    const { name, refused } = (await chooseBackend(contest)).info();
    expect([name, refused]).toEqual(['webgl2', ['webgpu: 2.25 ms for a convolution, wasm took 2.00 ms']]);
    expect(disposed(made)).toEqual(['webgpu', 'wasm', 'wasm']);
  });

  it('takes WebGL2 where there is no WebGPU', async () => {
    const { contest } = setUp({ wasm: 2, webgl2: 1 });
    const { name, refused } = (await chooseBackend(contest)).info();
    expect([name, refused]).toEqual(['webgl2', ['webgpu: webgpu must have an adapter, got none']]);
  });

  it('takes WebAssembly where nothing beats it, a draw included', async () => {
    const { contest, made } = setUp({ wasm: 0.5, webgpu: 0.75, webgl2: 0.5 });
    const chosen = await chooseBackend(contest);
    expect(chosen.info()).toMatchObject({
      name: 'wasm',
      refused: ['webgpu: 0.75 ms for a convolution, wasm took 0.50 ms', 'webgl2: 0.50 ms for a convolution, wasm took 0.50 ms'],
    });
    expect(vi.mocked(chosen.dispose)).not.toHaveBeenCalled();
    expect(disposed(made)).toHaveLength(made.length - 1);
  });

  it('refuses a software adapter without measuring it', async () => {
    const { contest, made } = setUp({ wasm: 2, webgpu: 1, webgl2: 1 }, { software: true, adapter: 'SwiftShader' });
    expect((await chooseBackend(contest)).info()).toMatchObject({
      name: 'wasm',
      refused: ['webgpu: software adapter (SwiftShader)', 'webgl2: software adapter (SwiftShader)'],
    });
    expect(vi.mocked(made[0].run)).not.toHaveBeenCalled();
    expect(disposed(made)).toEqual(['webgpu', 'webgl2']);
  });

  it('goes on where a GPU fails at work, and frees what it held', async () => {
    const { contest, made } = setUp({
      wasm: 2,
      webgpu: new BackendError('conv2d', 'the device must not be lost, got a loss'),
      webgl2: 1,
    });
    const { name, refused } = (await chooseBackend(contest)).info();
    expect([name, refused]).toEqual(['webgl2', ['webgpu: the device must not be lost, got a loss']]);
    expect(disposed(made)).toEqual(['webgpu', 'wasm', 'wasm']);
  });

  it('takes WebAssembly where the package of the GPUs is missing', async () => {
    const { contest } = setUp({ wasm: 2 });
    vi.mocked(contest.loadGpu).mockRejectedValue(new BackendError('useBackend', '@dl/kernels-gpu must be installed'));
    expect((await chooseBackend(contest)).info()).toMatchObject({
      name: 'wasm',
      refused: ['gpu: @dl/kernels-gpu must be installed'],
    });
  });

  it('takes the best of five batches, after one to warm up', async () => {
    const batches = [0.1, 9, 3, 9, 9, 9];
    const { contest } = setUp({ wasm: 2, webgpu: (done) => batches[Math.floor(done / 10)] });
    expect((await chooseBackend(contest)).info().refused[0]).toBe('webgpu: 3.00 ms for a convolution, wasm took 2.00 ms');
  });
});
