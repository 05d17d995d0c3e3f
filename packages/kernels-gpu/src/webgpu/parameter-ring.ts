/** Bytes between slots: the least that every device takes as an offset of a uniform buffer. */
const slotBytes = 256;
const uniformAndCopyTarget = 0x40 | 0x8;

/** Arguments of the launches of one batch: a slot each, sent in one piece before the batch. */
export class ParameterRing {
  readonly #device: GPUDevice;
  readonly #buffer: GPUBuffer;
  readonly #mirror: ArrayBuffer;
  #slots = 0;

  constructor(device: GPUDevice, slots: number) {
    this.#device = device;
    this.#mirror = new ArrayBuffer(slots * slotBytes);
    this.#buffer = device.createBuffer({ size: this.#mirror.byteLength, usage: uniformAndCopyTarget });
  }

  /** A view of the next slot. */
  next(bytes: number): DataView {
    return new DataView(this.#mirror, this.#slots++ * slotBytes, bytes);
  }

  /** The slot that {@link next} gave last. */
  binding(bytes: number): GPUBufferBinding {
    return { buffer: this.#buffer, offset: (this.#slots - 1) * slotBytes, size: bytes };
  }

  /** Sends what was written, and begins again. */
  flush(): void {
    if (this.#slots > 0) this.#device.queue.writeBuffer(this.#buffer, 0, this.#mirror, 0, this.#slots * slotBytes);
    this.#slots = 0;
  }

  destroy(): void {
    this.#buffer.destroy();
  }
}
