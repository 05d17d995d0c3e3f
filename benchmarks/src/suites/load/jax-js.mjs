const start = performance.now();
const { defaultDevice, init, numpy } = await import('@jax-js/jax');
await init('wasm');
defaultDevice('wasm');
const sum = await numpy.add(numpy.array([1, 2]), numpy.array([3, 4])).data();
process.send({ ms: performance.now() - start, result: [...sum] });
process.disconnect();
