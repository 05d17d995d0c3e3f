export type { HostTensor } from '@dl/kernels';
export { decodeSafetensors, type SafetensorsFile } from './safetensors/decode.ts';
export { encodeSafetensors } from './safetensors/encode.ts';
export { readSafetensors } from './safetensors/read.ts';
export { writeSafetensors } from './safetensors/write.ts';
