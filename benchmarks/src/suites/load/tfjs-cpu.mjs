const start = performance.now();
const tf = await import('@tensorflow/tfjs-core');
await import('@tensorflow/tfjs-backend-cpu');
tf.enableProdMode();
await tf.setBackend('cpu');
const sum = await tf.add(tf.tensor([1, 2]), tf.tensor([3, 4])).data();
process.send({ ms: performance.now() - start, result: [...sum] });
process.disconnect();
