import { DlError } from '@dl/tensor';
import { backpropagation } from './backpropagation.ts';

const { x0, x1, conv, value, grads } = backpropagation();
console.log(`sum(relu(conv(x0)) + x1) = ${await value.item()}`);
for (const [name, source] of Object.entries({ x0, x1, weight: conv.weight, bias: conv.bias })) {
  if (source !== undefined) console.log(`gradient by ${name}: [${grads.get(source)?.shape.join(', ')}]`);
}
console.log(`every gradient by x1 is one: ${(await grads.get(x1)!.data()).every((value) => value === 1)}`);

try {
  backpropagation([1, 10, 10, 10]);
} catch (error) {
  if (!(error instanceof DlError)) throw error;
  console.log(`with x1 [1, 10, 10, 10], as on the first slide: ${error.message}`);
}
