/**
 * What a worker runs, in Node and in browsers: it instantiates the module that it is handed and stays inside of it. It is text, so
 * that neither a bundler nor a content delivery network has to find a file.
 */
export const workerSource: string = `
const start = ({ module, memory, block, slot }) =>
  new WebAssembly.Instance(module, { env: { memory } }).exports.serve(block, slot);
if (typeof self === 'undefined') start(require('node:worker_threads').workerData);
else self.onmessage = (event) => start(event.data);
`;
