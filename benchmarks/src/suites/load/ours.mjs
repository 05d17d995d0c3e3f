const start = performance.now();
const { add, tensor } = await import('@dl/tensor');
const sum = await add(tensor([1, 2]), tensor([3, 4])).data();
process.send({ ms: performance.now() - start, result: [...sum] });
process.disconnect();
