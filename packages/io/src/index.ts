export type { HostTensor } from '@dl/kernels';
export type { FileSource } from './files/byte-source.ts';
export { decodeSafetensors, type SafetensorsFile } from './safetensors/decode.ts';
export { encodeSafetensors } from './safetensors/encode.ts';
export { openSafetensors, type SafetensorsReader } from './safetensors/open.ts';
export { readSafetensors } from './safetensors/read.ts';
export { writeSafetensors } from './safetensors/write.ts';
