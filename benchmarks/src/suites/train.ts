import { valueAndGrad } from '@dl/autograd';
import { crossEntropy, type Module } from '@dl/layers';
import { lenet5, mlp } from '@dl/models';
import { Adam } from '@dl/optim';
import { currentBackend, type Tensor, tensor } from '@dl/tensor';
import { type Contestant, inProcess, interleave } from '../measure.ts';
import { PyTorch } from '../peers/pytorch.ts';
import { tfjsLenet5 } from '../peers/tfjs.ts';
import { type Row, rowOf } from '../report.ts';

const batch = 64;

/** One Adam step of our own, as a user writes it. */
function ours(model: Module & { forward(x: Tensor, options?: { training?: boolean }): Tensor }): Contestant {
  const images = Float32Array.from({ length: batch * 784 }, (_, i) => ((i * 7919) % 1000) / 1000);
  const x = tensor(images, { shape: [batch, 1, 28, 28] });
  const y = tensor(Int32Array.from({ length: batch }, (_, i) => i % 10));
  const optimizer = new Adam(model.parameters(), { lr: 1e-3 });
  let loss = tensor(0);
  const step = (): void => {
    const { value, grads } = valueAndGrad(() => crossEntropy(model.forward(x, { training: true }), y), model.parameters());
    optimizer.step(grads);
    loss = value;
  };
  return inProcess(`@dl ${currentBackend().info().mode}`, step, () => loss.item());
}

/** Training steps, batch 64, Adam: LeNet-5 (6-16-120-84-10) and the MLP 784-64-10, one thread each. */
export async function train(): Promise<Row[]> {
  const rows: Row[] = [];
  const pytorch = await PyTorch.start(1);
  if (pytorch === undefined) console.error('train: PyTorch is not installed, its rows are left out');
  const tfjs = await tfjsLenet5();
  const works = [
    { name: 'lenet5', text: 'LeNet-5 step, b64, Adam', model: lenet5(), iterations: 20, peers: [{ of: tfjs, iterations: 1 }] },
    { name: 'mlp', text: 'MLP 784-64-10 step, b64, Adam', model: mlp([784, 64, 10]), iterations: 200, peers: [] },
  ];
  for (const { name, text, model, iterations, peers } of works) {
    const torch = pytorch ? [{ of: pytorch.contestant(name), iterations }] : [];
    const others = [...torch, ...peers];
    const [mine, ...theirs] = await interleave([ours(model), ...others.map((peer) => peer.of)], {
      rounds: peers.length > 0 ? 5 : 15,
      iterations: [iterations, ...others.map((peer) => peer.iterations)],
    });
    for (const [i, timing] of theirs.entries()) rows.push(rowOf('train', text, 1, others[i].of.name, mine, timing));
  }
  tfjs.dispose?.();
  pytorch?.stop();
  return rows;
}
